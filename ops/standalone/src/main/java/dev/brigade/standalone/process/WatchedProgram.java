package dev.brigade.standalone.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A program that is kept running: when it ends without having been asked to, it is started again
 * after a pause. One thread owns the program from the first start to the last end, so a restart and
 * a stop cannot cross.
 */
public final class WatchedProgram implements AutoCloseable {

    private final String name;
    private final Starter starter;
    private final Backoff backoff;
    private final Consumer<String> say;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread owner;
    private volatile RunningProcess running;
    private final AtomicInteger restarts = new AtomicInteger();

    private WatchedProgram(
            String name,
            RunningProcess first,
            Starter starter,
            Backoff backoff,
            Consumer<String> say) {
        this.name = name;
        this.running = first;
        this.starter = starter;
        this.backoff = backoff;
        this.say = say;
        this.owner = Thread.ofPlatform().daemon().name("watch-" + name).unstarted(this::watch);
    }

    /**
     * Starts a program and watches it.
     *
     * @param say takes a line for a person whenever the program ended or was started again
     * @throws IOException when the first start fails; later ones are tried again
     */
    public static WatchedProgram start(
            String name, Starter starter, Backoff backoff, Consumer<String> say)
            throws IOException {
        var program = new WatchedProgram(name, starter.start(), starter, backoff, say);
        program.owner.start();
        return program;
    }

    public String name() {
        return name;
    }

    /** The process of the moment, which may just have ended. */
    public RunningProcess process() {
        return running;
    }

    /** How often it was started again. */
    public int restarts() {
        return restarts.get();
    }

    /** The last lines of its output. */
    public List<String> lastLines() {
        return running.lastLines();
    }

    /** Ends the watch and then the program, by force when the time is over. */
    public void close(Duration within) {
        stop.countDown();
        running.close(within);
        try {
            owner.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A start that was under way when the stop came.
        running.close(within);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(8));
    }

    private void watch() {
        int ends = 0;
        try {
            while (true) {
                long started = System.nanoTime();
                int code = running.onExit().get();
                Duration ran = Duration.ofNanos(System.nanoTime() - started);
                ends = backoff.endsInARow(ends, ran);
                if (stopped(Duration.ZERO)) {
                    return;
                }
                Duration pause = backoff.pause(ends);
                say.accept(ended("ended with code " + code, pause));
                if (!startAgain(pause, ends)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for an exit does not fail", e);
        }
    }

    /** Tries until it runs; false when the stop came first. */
    private boolean startAgain(Duration firstPause, int endsBefore) throws InterruptedException {
        Duration pause = firstPause;
        int ends = endsBefore;
        while (!stopped(pause)) {
            try {
                running = starter.start();
                restarts.incrementAndGet();
                say.accept(name + " runs again as process " + running.pid());
                return true;
            } catch (IOException e) {
                ends++;
                pause = backoff.pause(ends);
                say.accept(ended("cannot be started: " + e.getMessage(), pause));
            }
        }
        return false;
    }

    private boolean stopped(Duration within) throws InterruptedException {
        return stop.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String ended(String how, Duration pause) {
        return "%s %s; starting it again in %.1f s".formatted(name, how, pause.toMillis() / 1000.0);
    }
}
