package dev.brigade.rest.embeddings;

import dev.brigade.rest.calls.CallHeaders;
import dev.brigade.rest.calls.PlainCalls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EmbeddingController {

    static final String URL = "/v1/embeddings";

    private final PlainCalls calls;
    private final VectorReader vectors;

    EmbeddingController(PlainCalls calls, VectorReader vectors) {
        this.calls = calls;
        this.vectors = vectors;
    }

    @PostMapping(URL)
    void embed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        calls.serveJson(
                request,
                response,
                body -> {
                    // Vectors of different models do not compare, so which one made them is never
                    // left open by oversight.
                    body.required("model");
                    return EmbeddingFields.read(
                            body, Optional.empty(), CallHeaders.idempotencyKey(request), vectors);
                });
    }

    @PostMapping("/api/v1/models/{model}/embedding")
    void embedBy(
            @PathVariable("model") String model,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        calls.serveJson(
                request,
                response,
                body ->
                        EmbeddingFields.read(
                                body,
                                Optional.of(model),
                                CallHeaders.idempotencyKey(request),
                                vectors));
    }
}
