package dev.brigade.rest.embeddings;

import dev.brigade.rest.calls.CallHeaders;
import dev.brigade.rest.calls.PlainCalls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EmbeddingController {

    private final PlainCalls calls;
    private final VectorReader vectors;

    EmbeddingController(PlainCalls calls, VectorReader vectors) {
        this.calls = calls;
        this.vectors = vectors;
    }

    @PostMapping("/v1/embeddings")
    void embed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        calls.serveJson(
                request,
                response,
                body -> EmbeddingFields.read(body, CallHeaders.idempotencyKey(request), vectors));
    }
}
