package dev.brigade.rest.presets;

import dev.brigade.client.ModelInfo;
import dev.brigade.config.Preset;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PresetController {

    private final BrigadeConnection connection;
    private final Presets presets;

    PresetController(BrigadeConnection connection, Presets presets) {
        this.connection = connection;
        this.presets = presets;
    }

    @GetMapping("/v1/presets")
    void list(HttpServletResponse response) throws IOException {
        Set<String> loaded = loaded();
        List<PresetView> views =
                presets.config().presets().stream()
                        .map(preset -> PresetView.of(preset, loaded))
                        .toList();
        Json.answer(response, HttpServletResponse.SC_OK, new PresetList("list", views));
    }

    @GetMapping("/v1/presets/{id}")
    void one(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        Preset preset = presets.config().preset(id).orElseThrow(PresetController::notFound);
        Json.answer(response, HttpServletResponse.SC_OK, PresetView.of(preset, loaded()));
    }

    private Set<String> loaded() {
        return connection.client().models().stream()
                .filter(ModelInfo::ready)
                .map(ModelInfo::id)
                .collect(Collectors.toSet());
    }

    private static ApiException notFound() {
        return new ApiException(
                ApiError.of(
                        ErrorCode.PRESET_NOT_FOUND,
                        "preset",
                        "There is no such preset; /v1/presets names all"));
    }
}
