package dev.brigade.rest.json;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses a request body by the letter of RFC 8259: a field that stands twice, a value after the
 * end, a comment or a NaN is an error. The parser's own messages quote the body, so they are never
 * passed on; the client is told the place.
 */
public final class JsonBody {

    private static final int MAX_DEPTH = 128;
    private static final int MAX_STRING_LENGTH = 64 * 1024 * 1024;
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(MAX_STRING_LENGTH)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonBody() {}

    /**
     * The fields of the object that the body holds.
     *
     * @throws ApiException if the body is not one JSON object
     */
    public static JsonFields parse(byte[] body) {
        JsonNode root = tree(body);
        if (!root.isObject()) {
            throw new ApiException(ApiError.invalid(null, "The body must be a JSON object"));
        }
        return new JsonFields("", root);
    }

    /** One value of any type. */
    static JsonNode node(String value) {
        return MAPPER.readTree(value);
    }

    private static JsonNode tree(byte[] body) {
        if (body.length == 0) {
            throw new ApiException(ApiError.invalid(null, "The body is empty"));
        }
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new ApiException(ApiError.invalid(null, whatIsWrong(e)));
        }
    }

    private static String whatIsWrong(JacksonException e) {
        String duplicate = "Duplicate Object property";
        boolean twice = String.valueOf(e.getOriginalMessage()).startsWith(duplicate);
        String what = twice ? "The body names a field twice" : "The body cannot be parsed as JSON";
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? what
                : "%s (line %d, column %d)".formatted(what, at.getLineNr(), at.getColumnNr());
    }
}
