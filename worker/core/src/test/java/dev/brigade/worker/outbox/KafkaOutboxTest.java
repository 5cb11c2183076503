package dev.brigade.worker.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.JobReleased;
import dev.brigade.schema.QueueEvent;
import dev.brigade.worker.testing.Deliveries;
import dev.brigade.worker.testing.Jobs;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaOutboxTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaOutbox outbox = new KafkaOutbox(producer, Deliveries.WIRE);

    @Test
    void eventsGoToTheHomePartitionAndChunksToTheReplyPartition() throws Exception {
        Job job = Jobs.builder("r1").setTraceparent("00-trace").build();
        InferenceEvent event = new InferenceEvent("r1", 5L, new JobReleased("j", "s", 1));
        Chunk chunk =
                new Chunk(
                        "r1",
                        "s",
                        new Epoch(1, 1, "a"),
                        0,
                        "t",
                        1,
                        null,
                        "demo",
                        false,
                        true,
                        null);

        var _ = outbox.event(job, event);
        var _ = outbox.chunk(job, chunk);

        ProducerRecord<byte[], byte[]> first = producer.history().get(0);
        assertThat(first.topic()).isEqualTo("inference.events");
        assertThat(first.partition()).isEqualTo(1);
        assertThat(first.key()).isEqualTo("r1".getBytes(UTF_8));
        assertThat(Deliveries.WIRE.decode(first.value())).isEqualTo(event);
        assertThat(header(first, HeaderNames.TRACEPARENT)).isEqualTo("00-trace".getBytes(UTF_8));
        ProducerRecord<byte[], byte[]> second = producer.history().get(1);
        assertThat(second.topic()).isEqualTo("inference.tokens");
        assertThat(second.partition()).isEqualTo(2);
    }

    @Test
    void queueEventsAreKeyedByModelAndLeaveThePartitionToKafka() {
        var _ = outbox.queue(new QueueEvent("demo", new JobDone("j")));

        ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
        assertThat(sent.topic()).isEqualTo("inference.queue");
        assertThat(sent.key()).isEqualTo("demo".getBytes(UTF_8));
        assertThat(sent.partition()).isNull();
    }

    @Test
    void aWorkerThatHasLeftIsATombstone() {
        var _ = outbox.left("w");

        assertThat(producer.history().getFirst().topic()).isEqualTo("inference.workers");
        assertThat(producer.history().getFirst().value()).isNull();
    }

    @Test
    void aDeadLetterIsTheOriginalWithItsReason() {
        byte[] original = "nonsense".getBytes(UTF_8);

        var _ = outbox.deadLetter(Deliveries.of(original, 99, 1), ErrorCode.UNDECODABLE_RECORD);

        ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
        assertThat(sent.topic()).isEqualTo("inference.dead-letters");
        assertThat(sent.value()).isEqualTo(original);
        assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(header(sent, HeaderNames.REASON))
                .isEqualTo("undecodable_record".getBytes(UTF_8));
        assertThat(header(sent, HeaderNames.DLT_ORIGINAL_TOPIC))
                .isEqualTo("inference.model.demo".getBytes(UTF_8));
        assertThat(ByteBuffer.wrap(header(sent, HeaderNames.DLT_ORIGINAL_PARTITION)).getInt())
                .isZero();
        assertThat(ByteBuffer.wrap(header(sent, HeaderNames.DLT_ORIGINAL_OFFSET)).getLong())
                .isEqualTo(17);
        assertThat(ByteBuffer.wrap(header(sent, HeaderNames.DLT_ORIGINAL_TIMESTAMP)).getLong())
                .isEqualTo(99);
    }

    @Test
    void theFutureTellsWhetherTheRecordIsStored() {
        var stored = outbox.left("w");
        assertThat(stored).isNotDone();
        producer.completeNext();
        assertThat(stored).isCompleted();

        var lost = outbox.left("w");
        producer.errorNext(new IllegalStateException("lost"));
        assertThat(lost).isCompletedExceptionally();
    }

    @Test
    void aClosedOutboxThrowsNothing() {
        outbox.close();

        assertThat(outbox.left("w")).isCompletedExceptionally();
    }

    private static byte[] header(ProducerRecord<byte[], byte[]> record, String name) {
        return Objects.requireNonNull(record.headers().lastHeader(name)).value();
    }
}
