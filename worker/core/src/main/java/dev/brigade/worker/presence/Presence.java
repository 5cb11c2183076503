package dev.brigade.worker.presence;

import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.SlotsChanged;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.outbox.Outbox;
import dev.brigade.worker.pool.ModelStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the heartbeat, the slots of every model and the descriptions of the loaded ones, at
 * every change and at every interval. What is said holds for a bounded time, so that the silence of
 * a dead worker takes it out.
 */
public final class Presence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    private final Heartbeat heartbeat;
    private final Supplier<List<ModelStatus>> models;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration interval;
    private final Duration ttl;
    private final Thread thread = Thread.ofPlatform().name("presence").unstarted(this::beat);

    private final Semaphore changed = new Semaphore(0);
    private final Map<String, Integer> slotsSaid = new HashMap<>();

    /** What was said of the models: of one on a server more may be known later. */
    private final Map<String, Said> described = new HashMap<>();

    private boolean troubled;
    private volatile boolean leaving;

    /**
     * @param interval time between two heartbeats
     * @param ttl how long what is said holds
     */
    public Presence(
            Heartbeat heartbeat,
            Supplier<List<ModelStatus>> models,
            Outbox outbox,
            Clock clock,
            Duration interval,
            Duration ttl) {
        this.heartbeat = heartbeat;
        this.models = models;
        this.outbox = outbox;
        this.clock = clock;
        this.interval = interval;
        this.ttl = ttl;
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Says soon what has changed. Never blocks. */
    public void changed() {
        changed.release();
    }

    /** Says that the worker has left, and ends. Idempotent. */
    @Override
    public void close() {
        leaving = true;
        changed.release();
        try {
            // One that was never started has said nothing to take back, and cannot be joined.
            if (thread.isAlive()) {
                thread.join(LEAVE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            while (!leaving) {
                say();
                var _ = changed.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                changed.drainPermits();
            }
            leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say() {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        List<ModelStatus> now = models.get();
        for (ModelStatus model : now) {
            describe(model, sent);
            if (model.slots() > 0 || slotsSaid.getOrDefault(model.id(), 0) > 0) {
                sent.add(slots(model.id(), model.slots()));
            }
        }
        sent.add(outbox.status(heartbeat.status(now, clock.millis(), ttl)));
        for (CompletableFuture<Void> one : sent) {
            var _ = one.whenComplete((_, failure) -> noteTrouble(failure));
        }
    }

    private void describe(ModelStatus model, List<CompletableFuture<Void>> sent) {
        if (model.facts().isEmpty()) {
            described.remove(model.id());
            return;
        }
        ModelFacts facts = model.facts().get();
        Said now = new Said(facts.capabilities(), facts.labels(), facts.dimensions());
        if (!now.equals(described.put(model.id(), now))) {
            sent.add(
                    outbox.description(
                            heartbeat.description(model.hosted(), facts, clock.millis())));
        }
    }

    /** What may change of a loaded model; its memory does all the time. */
    private record Said(Set<String> capabilities, List<String> labels, OptionalInt dimensions) {}

    private CompletableFuture<Void> slots(String model, int slots) {
        slotsSaid.put(model, slots);
        return outbox.queue(
                new QueueEvent(
                        model, new SlotsChanged(heartbeat.workerId(), slots, ttl.toMillis())));
    }

    private void leave() throws InterruptedException {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        List.copyOf(slotsSaid.keySet()).forEach(model -> sent.add(slots(model, 0)));
        sent.add(outbox.left(heartbeat.workerId()));
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .get(LEAVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("could not say that the worker has left: {}", e.toString());
        }
    }

    private synchronized void noteTrouble(@Nullable Throwable failure) {
        boolean now = failure != null;
        if (now && !troubled) {
            LOG.warn("heartbeats do not get through: {}", String.valueOf(failure));
        } else if (!now && troubled) {
            LOG.info("heartbeats get through again");
        }
        troubled = now;
    }
}
