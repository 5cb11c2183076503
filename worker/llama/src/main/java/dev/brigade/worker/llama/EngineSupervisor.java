package dev.brigade.worker.llama;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.LoadedModel.Health;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one model's engine process running.
 *
 * <p>One thread watches: it pings the engine, kills it when it hangs, and starts it again when it
 * has ended, later each time, until there were too many restarts in the window; then the model
 * stays down. A caller sees the engine there is, or none.
 */
final class EngineSupervisor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EngineSupervisor.class);
    private static final Outcome.Failed STOPPING =
            new Outcome.Failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded", false);
    private static final Duration JOIN = Duration.ofSeconds(3);

    private final String modelId;
    private final EngineLauncher launcher;
    private final EngineSettings settings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watch;

    /** Times of restarts in the window, of {@link System#nanoTime}; the watch thread's own. */
    private final Deque<Long> restarts = new ArrayDeque<>();

    private volatile Optional<EngineProcess> engine;
    private volatile Health health = Health.READY;

    /** Takes over an engine that is ready. */
    EngineSupervisor(
            String modelId, EngineLauncher launcher, EngineSettings settings, EngineProcess first) {
        this.modelId = modelId;
        this.launcher = launcher;
        this.settings = settings;
        this.engine = Optional.of(first);
        this.watch =
                Thread.ofPlatform()
                        .daemon()
                        .name("engine-" + modelId + "-watch")
                        .start(this::watch);
    }

    /** The engine; empty while there is none that takes requests. */
    Optional<EngineProcess> engine() {
        return engine;
    }

    Health health() {
        return health;
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends the engine; requests in it fail as retriable. */
    @Override
    public void close() {
        closing.countDown();
        engine.ifPresent(running -> running.stop(STOPPING, EngineLauncher.patience()));
        watch.interrupt();
        try {
            boolean ignored = watch.join(JOIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The watch may have been just starting another.
        engine.ifPresent(EngineProcess::kill);
        engine = Optional.empty();
        health = Health.FAILED;
    }

    private void watch() {
        try {
            while (!isClosing() && engine.isPresent()) {
                watch(engine.get());
            }
        } catch (InterruptedException e) {
            log.debug("{}: watch ended", modelId);
        }
    }

    private void watch(EngineProcess running) throws InterruptedException {
        if (!running.awaitEnd(settings.pingInterval())) {
            if (!running.check(settings.hangTimeout(), settings.drainTimeout())) {
                log.warn("model {}: the engine hangs and is killed", modelId);
                running.kill();
            }
            return;
        }
        if (isClosing()) {
            return;
        }
        health = Health.RESTARTING;
        engine = Optional.empty();
        log.warn("model {}: the engine ended: {}", modelId, running.cause());
        restart();
    }

    private void restart() throws InterruptedException {
        while (mayRestart()) {
            Duration wait = settings.backoff(restarts.size() - 1);
            if (closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            try {
                EngineProcess next = launcher.launch(stage -> {}).engine();
                engine = Optional.of(next);
                if (isClosing()) {
                    next.kill();
                    return;
                }
                health = Health.READY;
                log.info("model {}: the engine runs again, pid {}", modelId, next.handle().pid());
                return;
            } catch (ModelLoadException e) {
                log.warn("model {}: {}", modelId, e.getMessage());
            }
        }
        health = Health.FAILED;
        log.error(
                "model {}: the engine ended {} times in {}; it stays down",
                modelId,
                settings.mostRestarts() + 1,
                settings.restartWindow());
    }

    private boolean mayRestart() {
        long now = System.nanoTime();
        long window = settings.restartWindow().toNanos();
        restarts.removeIf(at -> now - at > window);
        if (restarts.size() >= settings.mostRestarts()) {
            return false;
        }
        restarts.add(now);
        return true;
    }
}
