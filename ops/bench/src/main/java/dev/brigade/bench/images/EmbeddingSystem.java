package dev.brigade.bench.images;

import ai.onnxruntime.OrtException;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** The demo embedding model behind Kafka, and a plain loop with the same model beside it. */
final class EmbeddingSystem implements AutoCloseable {

    static final String MODEL = "brigade-demo-embedding";

    private static final int WORKER_HEAP_MB = 512;
    private static final long LIMIT_S = 300;

    private final BenchSystem system;
    private final BrigadeClient client;
    private final PlainEmbedder plain;

    private EmbeddingSystem(BenchSystem system, BrigadeClient client, PlainEmbedder plain) {
        this.system = system;
        this.client = client;
        this.plain = plain;
    }

    /** Starts everything, and returns when the worker is ready. */
    static EmbeddingSystem start(BenchFolder folder, String name)
            throws IOException, InterruptedException, OrtException {
        Path models = folder.root().resolve("ops/demo-models/models");
        BenchSystem system = BenchSystem.start(folder, name);
        try {
            system.configure(folder.root().resolve("config"), models);
            RunningProgram dispatcher = system.dispatcher(Map.of());
            RunningProgram worker =
                    system.worker(Map.of("INFERENCE_PRELOAD_MODELS", MODEL), WORKER_HEAP_MB);
            PlainEmbedder plain = new PlainEmbedder(models.resolve(MODEL));
            dispatcher.awaitReady();
            worker.awaitReady();
            return new EmbeddingSystem(
                    system,
                    BrigadeClient.open(ClientSettings.of(system.bootstrapServers())),
                    plain);
        } catch (IOException | InterruptedException | OrtException | RuntimeException e) {
            system.close();
            throw e;
        }
    }

    BrigadeClient client() {
        return client;
    }

    PlainEmbedder plain() {
        return plain;
    }

    /**
     * Seconds that so many callers need for some requests, each one after the other.
     *
     * @param request makes the request with a number, and returns with its answer
     */
    static double seconds(int callers, int requests, IntConsumer request)
            throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(
                        callers, Thread.ofPlatform().name("caller-", 0).factory())) {
            long start = System.nanoTime();
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                int number = i;
                answers.add(threads.submit(() -> request.accept(number)));
            }
            for (Future<?> answer : answers) {
                answer.get(LIMIT_S, TimeUnit.SECONDS);
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a request failed", e);
        }
    }

    @Override
    public void close() throws OrtException {
        client.close();
        plain.close();
        system.close();
    }
}
