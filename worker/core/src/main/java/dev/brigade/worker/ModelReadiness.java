package dev.brigade.worker;

import dev.brigade.config.process.HealthEndpoint.Readiness;
import dev.brigade.schema.ModelState;
import dev.brigade.worker.pool.ModelStatus;
import java.util.List;

/** Whether models can work. */
final class ModelReadiness {

    private ModelReadiness() {}

    /**
     * @param wanted those that are loaded at the start
     */
    static Readiness of(List<ModelStatus> wanted) {
        long ready = count(wanted, ModelState.READY);
        String progress = ready + "/" + wanted.size();
        if (wanted.isEmpty()) {
            return new Readiness.NotReady("no model is to be loaded: 0/0");
        }
        if (count(wanted, ModelState.LOADING) > 0) {
            return new Readiness.NotReady("loading models: " + progress);
        }
        if (ready > 0) {
            return new Readiness.Ready("ready");
        }
        String why =
                wanted.stream()
                        .flatMap(status -> status.error().stream())
                        .findFirst()
                        .orElse("none is loaded");
        return new Readiness.NotReady("no model is ready: " + progress + ": " + why);
    }

    private static long count(List<ModelStatus> models, ModelState state) {
        return models.stream().filter(model -> model.state() == state).count();
    }
}
