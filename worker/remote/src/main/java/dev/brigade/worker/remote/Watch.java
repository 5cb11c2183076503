package dev.brigade.worker.remote;

import dev.brigade.worker.backend.LoadedModel.Health;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an eye on a server: while it is up, now and then when no call runs (calls see for
 * themselves); while it is down, soon at first and then ever later.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration END = Duration.ofSeconds(4);

    /**
     * When to look.
     *
     * @param calm between two looks at a server that is up; the longest between two at one that is
     *     down
     * @param first from its going down to the first look
     */
    record Pace(Duration calm, Duration first) {}

    /** One look at the server. */
    @FunctionalInterface
    interface Look {
        Presence look() throws InterruptedException;
    }

    private final String modelId;
    private final Look look;
    private final BooleanSupplier busy;
    private final Pace pace;
    private final ScheduledExecutorService thread;
    private @Nullable ScheduledFuture<?> next;
    private Duration pause;
    private boolean up;

    Watch(String modelId, Look look, BooleanSupplier busy, Pace pace, boolean up) {
        this.modelId = modelId;
        this.look = look;
        this.busy = busy;
        this.pace = pace;
        this.up = up;
        this.pause = pace.first();
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform()
                                .daemon()
                                .name("remote-" + modelId + "-watch")
                                .factory());
        plan(up ? pace.calm() : pace.first());
    }

    synchronized Health health() {
        return up ? Health.READY : Health.RESTARTING;
    }

    /** A call found that the server cannot be reached. */
    synchronized void lost(String reason) {
        if (up) {
            down(reason);
            plan(pause);
        }
    }

    /** A call's connection broke, which may mean more. */
    synchronized void doubt() {
        if (up) {
            plan(Duration.ZERO);
        }
    }

    private synchronized void plan(Duration delay) {
        if (next != null) {
            next.cancel(false);
        }
        if (!thread.isShutdown()) {
            next = thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        try {
            if (health() == Health.READY && busy.getAsBoolean()) {
                plan(pace.calm());
            } else {
                seen(look.look());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is being closed
        } catch (RuntimeException e) {
            LOG.error("looking after the server of model {} failed", modelId, e);
            plan(pace.calm());
        }
    }

    private synchronized void seen(Presence presence) {
        switch (presence) {
            case Presence.There() -> {
                if (!up) {
                    LOG.info("the server of model {} answers", modelId);
                }
                up = true;
                pause = pace.first();
            }
            case Presence.Refused(String reason) -> down("it " + reason);
            case Presence.Silent(String reason) -> down(reason);
        }
        plan(up ? pace.calm() : pause);
    }

    private void down(String reason) {
        if (up) {
            LOG.warn("model {} is down until its server answers: {}", modelId, reason);
            up = false;
            pause = pace.first();
            return;
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(pace.calm()) < 0 ? doubled : pace.calm();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
