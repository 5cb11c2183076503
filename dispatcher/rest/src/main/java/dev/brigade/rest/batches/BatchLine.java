package dev.brigade.rest.batches;

import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonBody;
import dev.brigade.rest.json.JsonFields;
import java.util.Optional;

/**
 * What a line says.
 *
 * @param body the body of the call, not looked into
 * @param model the model that it names
 */
record BatchLine(String customId, JsonFields body, Optional<String> model) {

    private static final int LONGEST_ID = 512;

    /**
     * Reads a line.
     *
     * @param endpoint URL that it must name
     * @throws BadLineException when it is not as it must be
     */
    static BatchLine read(byte[] bytes, String endpoint) {
        JsonFields line = object(bytes);
        try {
            String customId = line.required("custom_id").string();
            if (customId.isBlank() || customId.length() > LONGEST_ID) {
                throw new BadLineException(
                        "invalid_custom_id",
                        "custom_id",
                        "custom_id must have 1 to %d characters".formatted(LONGEST_ID));
            }
            if (!line.required("method").string().equals("POST")) {
                throw new BadLineException("invalid_method", "method", "method must be POST");
            }
            if (!line.required("url").string().equals(endpoint)) {
                throw new BadLineException(
                        "invalid_url", "url", "url must be the batch's endpoint, " + endpoint);
            }
            JsonFields body = line.required("body").alone();
            line.refuseOthers();
            return new BatchLine(customId, body, body.string("model"));
        } catch (ApiException e) {
            throw new BadLineException(e.error().code(), e.error().param(), e.error().message());
        }
    }

    private static JsonFields object(byte[] bytes) {
        try {
            return JsonBody.parse(bytes);
        } catch (ApiException e) {
            throw new BadLineException(
                    "invalid_json_line", null, "The line must be one JSON object");
        }
    }
}
