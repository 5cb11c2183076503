package dev.brigade.worker.djl.batch;

import dev.brigade.worker.backend.MeterNames;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What is counted of one model's batches, from its load to its close. */
final class BatchMeters implements AutoCloseable {

    private static final Duration[] WAITS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final DistributionSummary sizes;
    private final Timer waits;
    private final Gauge length;

    BatchMeters(MeterRegistry registry, String model, IntSupplier waiting) {
        this.registry = registry;
        Tags tags = Tags.of(MeterNames.MODEL_NAME, model);
        this.sizes =
                DistributionSummary.builder(MeterNames.BATCH_SIZE)
                        .description("Calls in one run of the model")
                        .tags(tags)
                        .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                        .register(registry);
        this.waits =
                Timer.builder(MeterNames.BATCH_WAIT)
                        .description("From a call's arrival to the begin of its batch")
                        .tags(tags)
                        .serviceLevelObjectives(WAITS)
                        .register(registry);
        this.length =
                Gauge.builder(MeterNames.BATCH_QUEUE_LENGTH, waiting::getAsInt)
                        .description("Calls that wait for a batch")
                        .tags(tags)
                        .strongReference(true)
                        .register(registry);
    }

    void begun(List<? extends Call<?, ?>> batch, long nowNanos) {
        sizes.record(batch.size());
        batch.forEach(call -> waits.record(nowNanos - call.arrivedNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        registry.remove(sizes);
        registry.remove(waits);
        registry.remove(length);
    }
}
