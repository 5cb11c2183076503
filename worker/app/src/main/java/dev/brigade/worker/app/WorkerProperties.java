package dev.brigade.worker.app;

import static dev.brigade.config.Bounds.within;
import static dev.brigade.config.Bounds.withinIfSet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the worker.
 *
 * @param id unique among the living workers; none for the host's name and a random ending
 * @param modelsDir folder of model files
 * @param configDir folder of {@code models.yaml}
 * @param gpuLayers layers of every model on the GPU, -1 for all; none for what {@code models.yaml}
 *     says of each
 * @param preloadModels ids of the models to load at once; none for all
 * @param maxConcurrentPerModel most requests that one model works on at once; none for what {@code
 *     models.yaml} says of each
 * @param maxMemory memory that all loaded models may take together; none for four fifths of the
 *     machine's
 * @param parallelLoads models that are loaded at once
 * @param maxPins pins of requests that may hold models at once; past it the oldest yields
 * @param takers consumers that share the slots of a model that generates no text
 * @param healthPort loopback port of {@code /health}; 0 takes a free one
 * @param chunkInterval least time between two chunks of an answer
 * @param progressInterval time between two signs of life of a running attempt
 * @param lock how long a job stays with a worker that no longer answers
 * @param heartbeat time between two heartbeats
 * @param ttl how long a heartbeat holds
 * @param lookInterval time between two looks at model files and engines
 * @param unloadGrace how long running jobs may go on when their model is unloaded
 * @param stopGrace how long they may when the worker ends
 * @param drainGrace how long they may when the worker is drained
 */
@ConfigurationProperties("brigade.worker")
public record WorkerProperties(
        @Nullable String id,
        @DefaultValue("models") Path modelsDir,
        @DefaultValue("config") Path configDir,
        @Nullable Integer gpuLayers,
        @DefaultValue List<String> preloadModels,
        @Nullable Integer maxConcurrentPerModel,
        @Nullable DataSize maxMemory,
        @DefaultValue("2") int parallelLoads,
        @DefaultValue("256") int maxPins,
        @DefaultValue("4") int takers,
        @DefaultValue("8087") int healthPort,
        @DefaultValue("20ms") Duration chunkInterval,
        @DefaultValue("5s") Duration progressInterval,
        @DefaultValue("30s") Duration lock,
        @DefaultValue("3s") Duration heartbeat,
        @DefaultValue("10s") Duration ttl,
        @DefaultValue("3s") Duration lookInterval,
        @DefaultValue("30s") Duration unloadGrace,
        @DefaultValue("4s") Duration stopGrace,
        @DefaultValue("10m") Duration drainGrace) {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public WorkerProperties {
        id = id == null || id.isBlank() ? null : id;
        if (id != null && !id.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "brigade.worker.id must be 1 to 100 letters, digits, dots, dashes and"
                            + " underscores");
        }
        preloadModels = preloadModels.stream().filter(model -> !model.isBlank()).toList();
        withinIfSet("brigade.worker.gpu-layers (INFERENCE_GPU_LAYERS)", gpuLayers, -1, 999);
        withinIfSet(
                "brigade.worker.max-concurrent-per-model (INFERENCE_MAX_CONCURRENT_PER_MODEL)",
                maxConcurrentPerModel,
                1,
                256);
        if (maxMemory != null && maxMemory.toMegabytes() < 1) {
            throw new IllegalArgumentException("brigade.worker.max-memory must be 1MB or more");
        }
        within("brigade.worker.parallel-loads", parallelLoads, 1, 16);
        within("brigade.worker.max-pins", maxPins, 1, 10_000);
        within("brigade.worker.takers", takers, 1, 64);
        within("brigade.worker.health-port (BRIGADE_HEALTH_PORT)", healthPort, 0, 65_535);
        within("brigade.worker.chunk-interval", chunkInterval, NONE, SECOND);
        within(
                "brigade.worker.progress-interval",
                progressInterval,
                Duration.ofMillis(100),
                Duration.ofSeconds(20));
        within("brigade.worker.lock", lock, SECOND.multipliedBy(15), MINUTE);
        within("brigade.worker.heartbeat", heartbeat, Duration.ofMillis(100), MINUTE);
        within("brigade.worker.ttl", ttl, heartbeat.multipliedBy(2), HOUR);
        within("brigade.worker.look-interval", lookInterval, Duration.ofMillis(100), HOUR);
        within("brigade.worker.unload-grace", unloadGrace, NONE, HOUR);
        within("brigade.worker.stop-grace", stopGrace, NONE, HOUR);
        within("brigade.worker.drain-grace", drainGrace, NONE, HOUR.multipliedBy(24));
    }
}
