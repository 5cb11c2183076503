package dev.brigade.rest.openapi;

import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.http.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OpenApiController {

    private final Map<String, Object> document;

    OpenApiController(RestProperties properties) {
        this.document = OpenApiDocument.of(properties.version());
    }

    @GetMapping({"/openapi.json", "/v3/api-docs"})
    void document(HttpServletResponse response) throws IOException {
        Json.answer(response, HttpServletResponse.SC_OK, document);
    }
}
