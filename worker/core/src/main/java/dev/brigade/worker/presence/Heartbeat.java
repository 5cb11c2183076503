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
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts together what a worker says of itself. Thread-safe. */
public final class Heartbeat {

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Labels that a description holds; of more it holds none. */
    private static final int MOST_LABELS = 1_000;

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
        OptionalLong parameters = facts.parameters();
        OptionalInt dimensions = facts.dimensions();
        return ModelDescription.newBuilder()
                .setModel(hosted.id())
                .setBackend(hosted.config().backend())
                .setRoles(hosted.config().roles())
                .setCapabilities(List.copyOf(capabilities))
                .setContextLength(facts.contextLength())
                .setMemoryMb(facts.memoryMb())
                .setFileDigest(orNull(facts.fileDigest()))
                .setParameters(parameters.isPresent() ? parameters.getAsLong() : null)
                .setQuantization(orNull(facts.quantization()))
                .setCreatedAt(nowMs)
                .setPrice(hosted.config().price().map(Heartbeat::price).orElse(null))
                .setLabels(facts.labels().size() > MOST_LABELS ? List.of() : facts.labels())
                .setDimensions(dimensions.isPresent() ? dimensions.getAsInt() : null)
                .build();
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
