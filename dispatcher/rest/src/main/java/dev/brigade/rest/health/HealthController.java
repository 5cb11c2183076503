package dev.brigade.rest.health;

import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.presets.Presets;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HealthController {

    private final Readiness readiness;
    private final RestProperties properties;
    private final Presets presets;

    HealthController(Readiness readiness, RestProperties properties, Presets presets) {
        this.readiness = readiness;
        this.properties = properties;
        this.presets = presets;
    }

    @GetMapping("/health")
    void health(HttpServletResponse response) throws IOException {
        Json.answer(
                response,
                HttpServletResponse.SC_OK,
                new Health("ok", "brigade-rest", properties.version()));
    }

    @GetMapping("/health/ready")
    void ready(HttpServletResponse response) throws IOException {
        Readiness.State state = readiness.now();
        if (!state.isReady()) {
            response.setHeader("Retry-After", "1");
        }
        Json.answer(
                response,
                state.isReady()
                        ? HttpServletResponse.SC_OK
                        : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                state.isReady()
                        ? new Ready(
                                "ready",
                                state.loadedModels(),
                                presets.defaultPreset().orElse(null),
                                presets.defaultMode())
                        : new NotReady(
                                "not_ready",
                                state.reason(),
                                state.progress(),
                                state.loadedModels()));
    }
}
