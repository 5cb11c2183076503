package dev.brigade.rest.models;

import dev.brigade.client.ModelInfo;
import dev.brigade.schema.ModelState;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of an order to load or unload a model.
 *
 * @param status as of {@link ModelView}
 */
record OrderView(String id, String status, String message) {

    static OrderView loaded(String id, List<ModelInfo.OnWorker> on) {
        String failed =
                on.stream()
                        .filter(one -> one.model().getError() != null)
                        .map(one -> "; " + one.workerId() + ": " + one.model().getError())
                        .collect(Collectors.joining());
        return of(id, on, "loaded", ModelState.READY, failed);
    }

    static OrderView unloaded(String id, List<ModelInfo.OnWorker> on) {
        return of(id, on, "unloaded", ModelState.UNLOADED, "");
    }

    private static OrderView of(
            String id,
            List<ModelInfo.OnWorker> on,
            String done,
            ModelState wished,
            String addition) {
        long reached = on.stream().filter(one -> one.model().getState() == wished).count();
        return new OrderView(
                id,
                ModelView.status(on),
                "%s on %d of %d workers%s".formatted(done, reached, on.size(), addition));
    }
}
