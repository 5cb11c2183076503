package dev.brigade.rest.models;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.presets.Presets;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ModelController {

    private final BrigadeConnection connection;
    private final Presets presets;

    ModelController(BrigadeConnection connection, Presets presets) {
        this.connection = connection;
        this.presets = presets;
    }

    @GetMapping({"/v1/models", "/api/v1/models", "/api/v1/models/"})
    void list(HttpServletResponse response) throws IOException {
        answer(models(), response);
    }

    @GetMapping("/api/v1/models/local/loaded")
    void loaded(HttpServletResponse response) throws IOException {
        answer(
                models().stream().filter(model -> model.status().equals("loaded")).toList(),
                response);
    }

    private void answer(List<ModelView> models, HttpServletResponse response) throws IOException {
        ModelList list =
                new ModelList(
                        "list",
                        models,
                        presets.defaultPreset().orElse(null),
                        presets.defaultMode());
        Json.answer(response, HttpServletResponse.SC_OK, list);
    }

    @GetMapping({"/v1/models/{id}", "/api/v1/models/{id}"})
    void one(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        ModelView model =
                models().stream()
                        .filter(known -> known.id().equals(id))
                        .findFirst()
                        .orElseThrow(ModelController::notFound);
        Json.answer(response, HttpServletResponse.SC_OK, model);
    }

    private List<ModelView> models() {
        return connection.client().models().stream().map(ModelView::of).toList();
    }

    private static ApiException notFound() {
        return new ApiException(
                ApiError.of(ErrorCode.MODEL_NOT_FOUND, "model", "There is no such model"));
    }
}
