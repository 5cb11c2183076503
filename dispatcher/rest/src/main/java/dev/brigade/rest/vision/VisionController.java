package dev.brigade.rest.vision;

import dev.brigade.rest.calls.PlainCalls;
import dev.brigade.rest.http.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class VisionController {

    private final PlainCalls calls;
    private final ClassifyForm form;
    private final Classifiers classifiers;

    VisionController(PlainCalls calls, ClassifyForm form, Classifiers classifiers) {
        this.calls = calls;
        this.form = form;
        this.classifiers = classifiers;
    }

    @PostMapping("/api/v1/vision/classify")
    void classify(HttpServletRequest request, HttpServletResponse response) throws IOException {
        calls.serve(request, response, memory -> form.read(request, memory));
    }

    @GetMapping("/api/v1/vision/health")
    void health(HttpServletResponse response) throws IOException {
        VisionHealth health = VisionHealth.of(classifiers.all());
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
}
