package dev.brigade.rest.embeddings;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;

/** How a vector stands in the answer. */
enum EncodingFormat {
    /** An array of numbers. */
    FLOAT {
        @Override
        Object encode(Vectors vectors, int index) {
            return vectors.floats(index);
        }
    },
    /** A string of little-endian 32-bit floats in base64. */
    BASE64 {
        @Override
        Object encode(Vectors vectors, int index) {
            return vectors.base64(index);
        }
    };

    /** The field {@code encoding_format}. */
    static EncodingFormat of(JsonFields body) {
        return switch (body.string("encoding_format").orElse("float")) {
            case "float" -> FLOAT;
            case "base64" -> BASE64;
            default ->
                    throw new ApiException(
                            ApiError.invalid(
                                    "encoding_format",
                                    "encoding_format must be one of base64, float"));
        };
    }

    abstract Object encode(Vectors vectors, int index);
}
