package dev.brigade.rest.generation;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.ResponseFormat;
import dev.brigade.schema.ResponseFormatType;
import java.util.regex.Pattern;

/** {@code response_format}: text, any JSON object, or JSON by a schema. */
final class ResponseFormatField {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private ResponseFormatField() {}

    static ResponseFormat read(JsonFields format) {
        JsonValue type = format.required("type");
        ResponseFormat read =
                switch (type.string()) {
                    case "text" -> new ResponseFormat(ResponseFormatType.TEXT, null);
                    case "json_object" -> new ResponseFormat(ResponseFormatType.JSON_OBJECT, null);
                    case "json_schema" ->
                            new ResponseFormat(
                                    ResponseFormatType.JSON_SCHEMA,
                                    schema(format.required("json_schema").object()));
                    default ->
                            throw invalid(
                                    type.path(), "must be one of text, json_object, json_schema");
                };
        format.refuseOthers();
        return read;
    }

    /** The schema as JSON text. It is always enforced, so {@code strict} changes nothing. */
    private static String schema(JsonFields named) {
        JsonValue name = named.required("name");
        if (!NAME.matcher(name.string()).matches()) {
            throw invalid(name.path(), "must be 1 to 64 letters, digits, underscores and hyphens");
        }
        named.string("description");
        named.bool("strict");
        JsonValue schema = named.required("schema");
        schema.object();
        named.refuseOthers();
        return schema.node().toString();
    }

    private static ApiException invalid(String path, String rule) {
        return new ApiException(ApiError.invalid(path, path + " " + rule));
    }
}
