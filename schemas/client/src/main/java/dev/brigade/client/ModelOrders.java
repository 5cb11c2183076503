package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.LoadModel;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.UnloadModel;
import dev.brigade.schema.WorkerStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells workers to load or unload a model, and sees by their heartbeats when they have. A worker
 * has carried an order out when it says so by the order's id; or when it is as wished and speaks of
 * another order than before, since a heartbeat names only the last. Safe for use by many threads.
 */
final class ModelOrders {

    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private final Supplier<ModelBoard> boards;
    private final Function<ControlCommand, CompletableFuture<Void>> sender;

    /**
     * @param boards the board, when it has caught up
     * @param sender publishes a command
     */
    ModelOrders(
            Supplier<ModelBoard> boards, Function<ControlCommand, CompletableFuture<Void>> sender) {
        this.boards = boards;
        this.sender = sender;
    }

    List<ModelInfo.OnWorker> load(String model, Duration patience) {
        List<ModelInfo.OnWorker> after =
                carryOut(model, new LoadModel(model), ModelState.READY, patience);
        if (after.stream().allMatch(on -> on.model().getState() == ModelState.FAILED)) {
            throw failure(ErrorCode.ENGINE_ERROR, "the model could not be loaded: " + why(after));
        }
        return after;
    }

    List<ModelInfo.OnWorker> unload(String model, Duration patience) {
        return carryOut(model, new UnloadModel(model), ModelState.UNLOADED, patience);
    }

    private List<ModelInfo.OnWorker> carryOut(
            String model, Object command, ModelState wished, Duration patience) {
        ModelBoard board = boards.get();
        Map<String, String> before = lastOrders(board, requireWorkers(board, model));
        String id = UUID.randomUUID().toString();
        Waiting.forAnswer(
                sender.apply(new ControlCommand(id, null, System.currentTimeMillis(), command)));
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < patience.toNanos()
                && !Thread.currentThread().isInterrupted()
                && !isDone(board, model, id, before, wished)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return requireWorkers(board, model);
    }

    /** Workers that have gone or come since the order was sent are not waited for. */
    private static boolean isDone(
            ModelBoard board,
            String model,
            String id,
            Map<String, String> before,
            ModelState wished) {
        List<ModelInfo.OnWorker> now = board.onWorkers(model);
        Map<String, String> last = lastOrders(board, now);
        return now.stream()
                .filter(on -> before.containsKey(on.workerId()))
                .allMatch(on -> {
                    String order = last.getOrDefault(on.workerId(), "");
                    return order.equals(id)
                            || (on.model().getState() == wished
                                    && !order.equals(before.get(on.workerId())));
                });
    }

    private static Map<String, String> lastOrders(
            ModelBoard board, List<ModelInfo.OnWorker> among) {
        Map<String, String> last = new HashMap<>();
        for (WorkerStatus worker : board.workers()) {
            String order = Objects.requireNonNullElse(worker.getLastCommandId(), "");
            last.put(worker.getWorkerId(), order);
        }
        last.keySet()
                .retainAll(
                        among.stream()
                                .map(ModelInfo.OnWorker::workerId)
                                .collect(Collectors.toSet()));
        return last;
    }

    private static List<ModelInfo.OnWorker> requireWorkers(ModelBoard board, String model) {
        List<ModelInfo.OnWorker> on = board.onWorkers(model);
        if (on.isEmpty()) {
            throw board.describes(model)
                    ? failure(ErrorCode.NO_CAPABLE_MODEL, "no live worker has the model")
                    : failure(ErrorCode.MODEL_NOT_FOUND, "no worker knows the model");
        }
        return on;
    }

    private static String why(List<ModelInfo.OnWorker> failed) {
        return failed.stream()
                .map(on ->
                        on.workerId()
                                + ": "
                                + Objects.requireNonNullElse(on.model().getError(), "unknown"))
                .collect(Collectors.joining("; "));
    }

    private static BrigadeException failure(ErrorCode code, String message) {
        return new BrigadeException(
                new Failure(null, code, message, "model", code.retriable(), true, null));
    }
}
