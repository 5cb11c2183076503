package dev.brigade.rest.rerank;

import dev.brigade.rest.calls.CallHeaders;
import dev.brigade.rest.calls.PlainCalls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** One call under the three paths that clients of Jina, vLLM and Cohere use. */
@RestController
class RerankController {

    private final PlainCalls calls;

    RerankController(PlainCalls calls) {
        this.calls = calls;
    }

    @PostMapping({"/v1/rerank", "/rerank", "/v2/rerank"})
    void rank(HttpServletRequest request, HttpServletResponse response) throws IOException {
        calls.serveJson(
                request,
                response,
                body -> RerankFields.read(body, CallHeaders.idempotencyKey(request)));
    }
}
