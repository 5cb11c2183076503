package dev.brigade.client;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A board, and the workers that fill it; each has the model {@code a}. */
final class TestingBoard {

    static final long TTL_MS = 10_000;

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private final TestClock clock = new TestClock();
    final ModelBoard board = new ModelBoard(wire, clock);

    /** Sets the clock. */
    void at(long epochMs) {
        clock.now = epochMs;
    }

    /** A worker says how its model is, and which order it carried out last. */
    void says(String worker, ModelState state, @Nullable String lastOrder) {
        says(worker, state, null, lastOrder, clock.now);
    }

    /** A worker says that its model has failed. */
    void fails(String worker, String why, @Nullable String lastOrder) {
        says(worker, ModelState.FAILED, why, lastOrder, clock.now);
    }

    /** As {@link #says}, at the broker's time. */
    void said(String worker, ModelState state, long brokerMs) {
        says(worker, state, null, null, brokerMs);
    }

    private void says(
            String worker,
            ModelState state,
            @Nullable String error,
            @Nullable String lastOrder,
            long brokerMs) {
        WorkerStatus status =
                WorkerStatus.newBuilder()
                        .setWorkerId(worker)
                        .setHost("h")
                        .setStartedAt(1)
                        .setAt(1)
                        .setTtlMs(TTL_MS)
                        .setModels(List.of(new WorkerModel("a", state, error, 1, 0, 100, null)))
                        .setMemoryTotalMb(1)
                        .setMemoryFreeMb(1)
                        .setLastCommandId(lastOrder)
                        .build();
        take(Topics.WORKERS, worker, status, brokerMs);
    }

    void leaves(String worker) {
        take(Topics.WORKERS, worker, null, clock.now);
    }

    /** Some worker describes a model. */
    void describes(String model) {
        ModelDescription description =
                ModelDescription.newBuilder()
                        .setModel(model)
                        .setBackend("deterministic")
                        .setRoles(List.of())
                        .setCapabilities(List.of("chat"))
                        .setContextLength(512)
                        .setMemoryMb(1)
                        .setCreatedAt(1)
                        .build();
        take(Topics.MODELS, model, description, clock.now);
    }

    void forgets(String model) {
        take(Topics.MODELS, model, null, clock.now);
    }

    private void take(String topic, String key, @Nullable SpecificRecord value, long brokerMs) {
        board.take(
                new ConsumerRecord<>(
                        topic,
                        0,
                        0,
                        brokerMs,
                        TimestampType.LOG_APPEND_TIME,
                        1,
                        1,
                        key.getBytes(StandardCharsets.UTF_8),
                        value == null ? null : wire.encode(value),
                        new RecordHeaders(),
                        Optional.empty()));
    }

    private static final class TestClock extends Clock {

        private volatile long now = 1;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
