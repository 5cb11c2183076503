package dev.brigade.rest.models;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ModelInfo;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.Admission;
import dev.brigade.rest.http.Json;
import dev.brigade.schema.ModelState;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Has models loaded and unloaded, and answers when that is done: 200, or 202 where it goes on
 * behind the answer.
 */
@Component
public final class ModelOrders {

    private static final Set<ModelState> MOVING = Set.of(ModelState.LOADING, ModelState.RESTARTING);

    private final BrigadeConnection connection;
    private final Admission admission;
    private final Duration patience;
    private final boolean allowed;

    ModelOrders(BrigadeConnection connection, Admission admission, RestProperties properties) {
        this.connection = connection;
        this.admission = admission;
        this.patience = properties.requestTimeout();
        this.allowed = properties.modelControl();
    }

    /** Loads a model on all workers that know it. */
    public void load(String id, HttpServletResponse response) throws IOException {
        try (Admission.Place _ = admission.enter()) {
            List<ModelInfo.OnWorker> on = client().loadModel(id, patience);
            answer(response, isIn(on, MOVING), OrderView.loaded(id, on));
        }
    }

    /** Unloads a model on all workers that have it. */
    public void unload(String id, HttpServletResponse response) throws IOException {
        try (Admission.Place _ = admission.enter()) {
            List<ModelInfo.OnWorker> on = client().unloadModel(id, patience);
            boolean goesOn = isIn(on, MOVING) || isIn(on, Set.of(ModelState.READY));
            answer(response, goesOn, OrderView.unloaded(id, on));
        }
    }

    private BrigadeClient client() {
        if (!allowed) {
            throw new ApiException(
                    ApiError.http(
                            403,
                            "model_control_off",
                            "This server loads and unloads no models (BRIGADE_MODEL_CONTROL)"));
        }
        return connection.client();
    }

    private static boolean isIn(List<ModelInfo.OnWorker> on, Set<ModelState> states) {
        return on.stream().anyMatch(one -> states.contains(one.model().getState()));
    }

    private static void answer(HttpServletResponse response, boolean goesOn, OrderView view)
            throws IOException {
        Json.answer(
                response,
                goesOn ? HttpServletResponse.SC_ACCEPTED : HttpServletResponse.SC_OK,
                view);
    }
}
