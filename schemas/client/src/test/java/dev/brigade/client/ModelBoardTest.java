package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class ModelBoardTest {

    private static final long TTL_MS = 10_000;

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private final TestClock clock = new TestClock();
    private final ModelBoard board = new ModelBoard(wire, clock);

    @Test
    void aHeartbeatOfTheHistoryHoldsFromTheBrokersTime() {
        clock.now = 1_000_000;
        board.take(record(Topics.WORKERS, "w", heartbeat("w", ModelState.READY), 989_999));
        board.take(record(Topics.WORKERS, "v", heartbeat("v", ModelState.READY), 995_000));
        board.goLive();

        assertThat(board.workers()).extracting(WorkerStatus::getWorkerId).containsExactly("v");
        clock.now = 1_005_000;
        assertThat(board.workers()).isEmpty();
    }

    @Test
    void aLiveHeartbeatHoldsFromItsArrivalWhateverTheBrokersClockSays() {
        board.goLive();
        clock.now = 1_000_000;
        board.take(record(Topics.WORKERS, "w", heartbeat("w", ModelState.READY), 1));

        clock.now += TTL_MS - 1;
        assertThat(board.workers()).hasSize(1);
        clock.now += 1;
        assertThat(board.workers()).isEmpty();
    }

    @Test
    void modelsAreToldWithTheWorkersThatHaveThem() {
        board.goLive();
        board.take(record(Topics.MODELS, "b", description("b"), 1));
        board.take(record(Topics.MODELS, "a", description("a"), 1));
        board.take(record(Topics.WORKERS, "w", heartbeat("w", ModelState.READY), 1));

        assertThat(board.models()).extracting(ModelInfo::id).containsExactly("a", "b");
        assertThat(board.models()).extracting(ModelInfo::ready).containsExactly(true, false);
    }

    @Test
    void aModelThatIsOnlyLoadingIsNotReady() {
        board.goLive();
        board.take(record(Topics.MODELS, "a", description("a"), 1));
        board.take(record(Topics.WORKERS, "w", heartbeat("w", ModelState.LOADING), 1));

        assertThat(board.models().getFirst().ready()).isFalse();
        assertThat(board.models().getFirst().onWorkers()).hasSize(1);
    }

    @Test
    void aTombstoneRemoves() {
        board.goLive();
        board.take(record(Topics.MODELS, "a", description("a"), 1));
        board.take(record(Topics.WORKERS, "w", heartbeat("w", ModelState.READY), 1));
        board.take(record(Topics.MODELS, "a", null, 1));
        board.take(record(Topics.WORKERS, "w", null, 1));

        assertThat(board.models()).isEmpty();
        assertThat(board.workers()).isEmpty();
    }

    private ConsumerRecord<byte[], byte[]> record(
            String topic, String key, @Nullable SpecificRecord value, long timestamp) {
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                1,
                1,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : wire.encode(value),
                new RecordHeaders(),
                Optional.empty());
    }

    private static WorkerStatus heartbeat(String worker, ModelState state) {
        return WorkerStatus.newBuilder()
                .setWorkerId(worker)
                .setHost("h")
                .setStartedAt(1)
                .setAt(1)
                .setTtlMs(TTL_MS)
                .setModels(List.of(new WorkerModel("a", state, null, 1, 0, 100, null)))
                .setMemoryTotalMb(1)
                .setMemoryFreeMb(1)
                .build();
    }

    private static ModelDescription description(String id) {
        return ModelDescription.newBuilder()
                .setModel(id)
                .setBackend("deterministic")
                .setRoles(List.of())
                .setCapabilities(List.of("chat"))
                .setContextLength(512)
                .setMemoryMb(1)
                .setCreatedAt(1)
                .build();
    }

    private static final class TestClock extends Clock {

        private long now = 1;

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
