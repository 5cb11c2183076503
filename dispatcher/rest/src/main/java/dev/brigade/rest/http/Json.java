package dev.brigade.rest.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers: OpenAI's snake_case, fields in the order of the record's components. */
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .build();

    private Json() {}

    /** The value as JSON text on one line. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Writes the value as JSON text on one line, as it is serialized; the stream stays open. */
    public static void line(OutputStream output, Object value) {
        MAPPER.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET).writeValue(output, value);
    }

    /** Answers with the value, and completes the answer. */
    public static void answer(HttpServletResponse response, int status, Object value)
            throws IOException {
        byte[] body = MAPPER.writeValueAsBytes(value);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        try (OutputStream output = response.getOutputStream()) {
            output.write(body);
        }
    }

    /**
     * Answers with a value that may be large: it is written as it is serialized, so its whole text
     * never stands in memory.
     */
    public static void stream(HttpServletResponse response, int status, Object value)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        try (OutputStream output = response.getOutputStream()) {
            MAPPER.writeValue(output, value);
        }
    }
}
