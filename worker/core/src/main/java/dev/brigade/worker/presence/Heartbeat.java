package dev.brigade.worker.presence;

import com.sun.management.OperatingSystemMXBean;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.Price;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.pool.ModelStatus;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts together what a worker says of itself. Thread-safe. */
public final class Heartbeat {

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final String workerId;
    private final String host;
    private final long startedAtMs;
    private volatile @Nullable String lastCommandId;

    public Heartbeat(String workerId, String host, long startedAtMs) {
        this.workerId = workerId;
        this.host = host;
        this.startedAtMs = startedAtMs;
    }

    /** Notes that a control command was carried out. */
    public void carriedOut(String commandId) {
        lastCommandId = commandId;
    }

    String workerId() {
        return workerId;
    }

    WorkerStatus status(List<ModelStatus> models, long nowMs, Duration ttl) {
        return new WorkerStatus(
                workerId,
                host,
                startedAtMs,
                nowMs,
                ttl.toMillis(),
                models.stream().map(Heartbeat::model).toList(),
                MACHINE.getTotalMemorySize() >> 20,
                MACHINE.getFreeMemorySize() >> 20,
                lastCommandId);
    }

    /** What a loaded model is: it can do what both its file and its configuration say. */
    ModelDescription description(HostedModel hosted, ModelFacts facts, long nowMs) {
        TreeSet<String> capabilities = new TreeSet<>(facts.capabilities());
        capabilities.retainAll(hosted.config().capabilities());
        return new ModelDescription(
                hosted.id(),
                hosted.config().backend(),
                hosted.config().roles(),
                List.copyOf(capabilities),
                facts.contextLength(),
                facts.memoryMb(),
                orNull(facts.fileDigest()),
                facts.parameters().isPresent() ? facts.parameters().getAsLong() : null,
                orNull(facts.quantization()),
                nowMs,
                hosted.config().price().map(Heartbeat::price).orElse(null));
    }

    private static WorkerModel model(ModelStatus status) {
        return new WorkerModel(
                status.id(),
                status.state(),
                status.error().orElse(null),
                status.slots(),
                status.running(),
                status.progress(),
                status.tokensPerSecond().isPresent()
                        ? status.tokensPerSecond().getAsDouble()
                        : null);
    }

    private static Price price(dev.brigade.config.Price price) {
        return new Price(price.prompt(), price.completion());
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
