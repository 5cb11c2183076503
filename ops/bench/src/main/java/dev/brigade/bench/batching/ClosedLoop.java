package dev.brigade.bench.batching;

import dev.brigade.bench.figures.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Callers that each make one call after the other for a while. */
final class ClosedLoop {

    private static final long LIMIT_S = 60;

    private ClosedLoop() {}

    /** One call; returns with its answer. */
    @FunctionalInterface
    interface Call {
        void make(int number) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param perSecond calls that all callers together made
     * @param medianMs of a call
     * @param tailMs of a call, 95 of a hundred are faster
     */
    record Seen(double perSecond, double medianMs, double tailMs) {}

    /** Has so many callers call until the time is over. Every caller makes one call at least. */
    static Seen run(int callers, Duration time, Call call) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(callers);
        try (ExecutorService threads =
                Executors.newFixedThreadPool(
                        callers, Thread.ofPlatform().name("caller-", 0).factory())) {
            List<Future<List<Double>>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int first = i;
                running.add(threads.submit(() -> calls(ready, first, callers, time, call)));
            }
            ready.await();
            long start = System.nanoTime();
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> one : running) {
                all.addAll(one.get(time.toSeconds() + LIMIT_S, TimeUnit.SECONDS));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Sample latencies = Sample.of(all);
            return new Seen(all.size() / seconds, latencies.median(), latencies.quantile(0.95));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a call failed", e);
        }
    }

    /** One caller's calls, each with its time in ms; all callers begin together. */
    private static List<Double> calls(
            CountDownLatch ready, int first, int step, Duration time, Call call) throws Exception {
        List<Double> latencies = new ArrayList<>();
        ready.countDown();
        ready.await();
        long begin = System.nanoTime();
        for (int i = first; System.nanoTime() - begin < time.toNanos(); i += step) {
            long start = System.nanoTime();
            call.make(i);
            latencies.add((System.nanoTime() - start) / 1e6);
        }
        return latencies;
    }
}
