package dev.brigade.worker.llama.engine;

import dev.brigade.worker.llama.wire.Command;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One platform thread for each request that runs: it submits to the engine, which batches all of
 * them, and reads the answer. The worker never sends more requests than there are slots; one spare
 * place covers a request that was reported as done while its thread is still going home.
 */
final class Slots {

    private final NativeModel model;
    private final int contextLength;
    private final Reporter reporter;
    private final ThreadPoolExecutor threads;
    private final Map<Integer, Generation> running = new ConcurrentHashMap<>();

    Slots(NativeModel model, int slots, int contextLength, Reporter reporter) {
        this.model = model;
        this.contextLength = contextLength;
        this.reporter = reporter;
        threads =
                new ThreadPoolExecutor(
                        0,
                        2 * slots,
                        60,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().daemon().name("slot-", 0).factory());
    }

    /** Starts the request; false when every thread is busy. */
    boolean start(Command.Generate generate) {
        Generation generation =
                new Generation(model, contextLength, generate.id(), generate.request(), reporter);
        running.put(generate.id(), generation);
        try {
            threads.execute(() -> run(generate.id(), generation));
            return true;
        } catch (RejectedExecutionException e) {
            running.remove(generate.id());
            return false;
        }
    }

    void cancel(int id) {
        Generation generation = running.get(id);
        if (generation != null) {
            generation.cancel();
        }
    }

    private void run(int id, Generation generation) {
        try {
            generation.run();
        } finally {
            running.remove(id);
        }
    }
}
