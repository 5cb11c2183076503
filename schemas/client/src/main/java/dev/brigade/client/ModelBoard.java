package dev.brigade.client;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.WorkerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the newest records say of models and workers. A heartbeat holds for its time to live: from
 * the broker's time of the record while history is read, from its arrival afterwards, so that a
 * clock that differs from the broker's matters only at the start. One thread writes, many read.
 */
final class ModelBoard {

    private static final Logger LOG = LoggerFactory.getLogger(ModelBoard.class);
    private static final int MAX_ENTRIES = 10_000;

    private final AvroWire wire;
    private final Clock clock;
    private final Map<String, ModelDescription> models = new ConcurrentSkipListMap<>();
    private final Map<String, Heartbeat> workers = new ConcurrentSkipListMap<>();
    private volatile boolean live;

    ModelBoard(AvroWire wire, Clock clock) {
        this.wire = wire;
        this.clock = clock;
    }

    /** From now on records arrive as they are written. */
    void goLive() {
        live = true;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        try {
            if (record.topic().equals(Topics.MODELS)) {
                put(models, key, value(record, ModelDescription.class));
            } else {
                WorkerStatus status = value(record, WorkerStatus.class);
                put(workers, key, status == null ? null : heartbeat(record, status));
            }
        } catch (UndecodableException | RuntimeException e) {
            LOG.warn("a record on {} at {} cannot be read", record.topic(), record.offset(), e);
        }
    }

    List<WorkerStatus> workers() {
        long now = clock.millis();
        workers.values().removeIf(heartbeat -> heartbeat.expiresAtMs() <= now);
        return workers.values().stream().map(Heartbeat::status).toList();
    }

    /** A model on each live worker that names it. */
    List<ModelInfo.OnWorker> onWorkers(String model) {
        return places().getOrDefault(model, List.of());
    }

    /** Whether any worker ever described a model. */
    boolean describes(String model) {
        return models.containsKey(model);
    }

    List<ModelInfo> models() {
        Map<String, List<ModelInfo.OnWorker>> places = places();
        return models.entrySet().stream()
                .map(e -> new ModelInfo(e.getValue(), places.getOrDefault(e.getKey(), List.of())))
                .toList();
    }

    private Map<String, List<ModelInfo.OnWorker>> places() {
        Map<String, List<ModelInfo.OnWorker>> places = new TreeMap<>();
        for (WorkerStatus worker : workers()) {
            for (var model : worker.getModels()) {
                places.computeIfAbsent(model.getModel(), id -> new ArrayList<>())
                        .add(new ModelInfo.OnWorker(worker.getWorkerId(), model));
            }
        }
        return places;
    }

    private Heartbeat heartbeat(ConsumerRecord<byte[], byte[]> record, WorkerStatus status) {
        long from = live ? clock.millis() : record.timestamp();
        return new Heartbeat(status, from + status.getTtlMs());
    }

    private <T extends org.apache.avro.specific.SpecificRecord> @Nullable T value(
            ConsumerRecord<byte[], byte[]> record, Class<T> kind) throws UndecodableException {
        return record.value() == null ? null : wire.decode(record.value(), kind);
    }

    private static <T> void put(Map<String, T> into, String key, @Nullable T value) {
        if (value == null) {
            into.remove(key);
        } else if (into.size() < MAX_ENTRIES || into.containsKey(key)) {
            into.put(key, value);
        }
    }

    private record Heartbeat(WorkerStatus status, long expiresAtMs) {}
}
