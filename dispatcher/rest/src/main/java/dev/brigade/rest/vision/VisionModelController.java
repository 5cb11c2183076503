package dev.brigade.rest.vision;

import dev.brigade.client.ModelInfo;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.RequestBodies;
import dev.brigade.rest.json.JsonBody;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.models.ModelOrders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Loads and unloads the classifier: the one that the body names, else the only one there is. */
@RestController
class VisionModelController {

    private final ModelOrders orders;
    private final Classifiers classifiers;
    private final RequestBodies bodies;
    private final BodyMemory memory;

    VisionModelController(
            ModelOrders orders, Classifiers classifiers, RequestBodies bodies, BodyMemory memory) {
        this.orders = orders;
        this.classifiers = classifiers;
        this.bodies = bodies;
        this.memory = memory;
    }

    @PostMapping("/api/v1/vision/load")
    void load(HttpServletRequest request, HttpServletResponse response) throws IOException {
        orders.load(wanted(request), response);
    }

    @PostMapping("/api/v1/vision/unload")
    void unload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        orders.unload(wanted(request), response);
    }

    private String wanted(HttpServletRequest request) {
        return named(request).orElseGet(this::only);
    }

    /** A call without a body is one without a content type. */
    private Optional<String> named(HttpServletRequest request) {
        if (request.getContentType() == null) {
            return Optional.empty();
        }
        try (BodyMemory.Share share = memory.share()) {
            JsonFields body = JsonBody.parse(bodies.read(request, share));
            Optional<String> model = body.string("model");
            body.refuseOthers();
            return model;
        }
    }

    private String only() {
        List<String> known = classifiers.all().stream().map(ModelInfo::id).toList();
        return switch (known.size()) {
            case 0 ->
                    throw new ApiException(
                            ApiError.of(
                                    ErrorCode.MODEL_NOT_FOUND,
                                    "model",
                                    "No worker has described a classifier yet; name one"));
            case 1 -> known.getFirst();
            default ->
                    throw new ApiException(
                            ApiError.invalid(
                                    "model", "model must be one of " + String.join(", ", known)));
        };
    }
}
