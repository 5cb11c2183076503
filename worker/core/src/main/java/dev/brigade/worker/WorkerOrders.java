package dev.brigade.worker;

import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.ControlCommand;
import dev.brigade.worker.control.Orders;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.pool.ModelPool;
import dev.brigade.worker.presence.Heartbeat;
import dev.brigade.worker.slots.OpenAttempts;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the worker is told, and notes in the heartbeat that it did. */
final class WorkerOrders implements Orders {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerOrders.class);

    private final OpenAttempts attempts;
    private final Pins pins;
    private final ModelPool pool;
    private final Heartbeat heartbeat;
    private final Runnable changed;
    private final Runnable drain;

    WorkerOrders(
            OpenAttempts attempts,
            Pins pins,
            ModelPool pool,
            Heartbeat heartbeat,
            Runnable changed,
            Runnable drain) {
        this.attempts = attempts;
        this.pins = pins;
        this.pool = pool;
        this.heartbeat = heartbeat;
        this.changed = changed;
        this.drain = drain;
    }

    @Override
    public void cancel(CancelAttempt cancel) {
        attempts.cancel(cancel);
    }

    @Override
    public void release(String requestId) {
        pins.release(requestId);
    }

    @Override
    public void release(String requestId, String stage) {
        pins.release(requestId, stage);
    }

    @Override
    public void load(ControlCommand command, String model) {
        carryOut(command, model, pool::load);
    }

    @Override
    public void unload(ControlCommand command, String model) {
        carryOut(command, model, pool::unload);
    }

    @Override
    public void drain(ControlCommand command) {
        note(command);
        drain.run();
    }

    private void carryOut(
            ControlCommand command, String model, Function<String, CompletableFuture<Void>> order) {
        if (!pool.hosts(model)) {
            LOG.info(
                    "command {} names model {}, which this worker does not know",
                    command.getCommandId(),
                    model);
            return;
        }
        var _ =
                order.apply(model)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                LOG.error("command {} failed", command.getCommandId(), failure);
                            }
                            note(command);
                        });
    }

    private void note(ControlCommand command) {
        heartbeat.carriedOut(command.getCommandId());
        changed.run();
    }
}
