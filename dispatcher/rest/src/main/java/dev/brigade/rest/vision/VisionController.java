package dev.brigade.rest.vision;

import dev.brigade.client.ModelInfo;
import dev.brigade.rest.calls.PlainCalls;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.http.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class VisionController {

    private static final String CLASSIFY = "classify";

    private final PlainCalls calls;
    private final ClassifyForm form;
    private final BrigadeConnection connection;

    VisionController(PlainCalls calls, ClassifyForm form, BrigadeConnection connection) {
        this.calls = calls;
        this.form = form;
        this.connection = connection;
    }

    @PostMapping("/api/v1/vision/classify")
    void classify(HttpServletRequest request, HttpServletResponse response) throws IOException {
        calls.serve(request, response, memory -> form.read(request, memory));
    }

    @GetMapping("/api/v1/vision/health")
    void health(HttpServletResponse response) throws IOException {
        VisionHealth health = VisionHealth.of(classifiers());
        if (!health.modelLoaded()) {
            response.setHeader("Retry-After", "1");
        }
        Json.answer(
                response,
                health.modelLoaded()
                        ? HttpServletResponse.SC_OK
                        : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                health);
    }

    private List<ModelInfo> classifiers() {
        return connection.client().models().stream()
                .filter(model -> model.description().getCapabilities().contains(CLASSIFY))
                .toList();
    }
}
