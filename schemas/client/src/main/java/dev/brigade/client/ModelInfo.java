package dev.brigade.client;

import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerModel;
import java.util.List;

/**
 * A model and who has it now.
 *
 * @param description what it is
 * @param onWorkers its state on each live worker that names it; empty when no live worker does
 */
public record ModelInfo(ModelDescription description, List<OnWorker> onWorkers) {

    public ModelInfo {
        onWorkers = List.copyOf(onWorkers);
    }

    /** Model id. */
    public String id() {
        return description.getModel();
    }

    /** Whether a live worker can run it now. */
    public boolean ready() {
        return onWorkers.stream().anyMatch(on -> on.model().getState() == ModelState.READY);
    }

    /**
     * The model on one worker.
     *
     * @param workerId the worker
     * @param model state, slots and speed there
     */
    public record OnWorker(String workerId, WorkerModel model) {}
}
