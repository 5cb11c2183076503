package dev.brigade.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.RefundTokens;
import dev.brigade.schema.UndoEffect;
import dev.brigade.schema.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompensationLoopTest {

    private static final String TOPIC = "orders.undo";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final AvroWire WIRE = new AvroWire(BuiltInSchemas.instance());

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(
                    eventsWithPartitions(4),
                    true,
                    null,
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
    private final List<Compensation> handled = new ArrayList<>();
    private CompensationHandler handler = c -> Undo.done();
    private final CompensationLoop loop =
            new CompensationLoop(
                    TOPIC,
                    consumer,
                    producer,
                    WIRE,
                    compensation -> {
                        handled.add(compensation);
                        return handler.undo(compensation);
                    },
                    Clock.fixed(Instant.ofEpochMilli(77), ZoneOffset.UTC),
                    Duration.ofMillis(1));

    @BeforeEach
    void assignPartition() {
        consumer.subscribe(List.of(TOPIC));
        consumer.rebalance(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Test
    void aCompensationIsAnsweredWhereItWasAskedForAndThenCommitted() throws Exception {
        consumer.addRecord(record(0, compensation("r/draft", 2)));

        loop.workOnce();

        assertThat(handled).containsExactly(compensation("r/draft", 2));
        ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
        assertThat(sent.topic()).isEqualTo(Topics.EVENTS);
        assertThat(sent.partition()).isEqualTo(3);
        assertThat(sent.key()).isEqualTo("r".getBytes(UTF_8));
        assertThat(sent.headers().lastHeader(HeaderNames.TRACEPARENT).value())
                .isEqualTo("00-trace".getBytes(UTF_8));
        assertThat(WIRE.decode(sent.value()))
                .isEqualTo(
                        new InferenceEvent(
                                "r",
                                77L,
                                new CompensationAnswered("r/draft", "draft", 2, true, null)));
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void whatTheHandlerCouldNotUndoIsAnsweredToo() throws Exception {
        handler = c -> Undo.failed("x".repeat(600));
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        loop.workOnce();

        assertThat(answers())
                .containsExactly(
                        new CompensationAnswered("r/draft", "draft", 1, false, "x".repeat(500)));
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void anExceptionIsToldByItsClassAlone() throws Exception {
        handler =
                c -> {
                    throw new java.io.IOException("words of the user");
                };
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        loop.workOnce();

        assertThat(answers())
                .containsExactly(
                        new CompensationAnswered("r/draft", "draft", 1, false, "IOException"));
    }

    @Test
    void anAnswerThatWasNotStoredIsMadeAgainAndNothingIsCommittedBefore() throws Exception {
        producer.sendException = new KafkaException("away");
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        consumer.addRecord(record(1, compensation("r/refine", 1)));
        loop.workOnce();

        assertThat(committed()).isZero();
        assertThat(consumer.position(PARTITION)).isZero();

        producer.sendException = null;
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        consumer.addRecord(record(1, compensation("r/refine", 1)));
        loop.workOnce();

        assertThat(handled)
                .extracting(Compensation::getCompensationId)
                .containsExactly("r/draft", "r/draft", "r/refine");
        assertThat(answers()).hasSize(2);
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void aFailureInTheMiddleOfABatchLeavesWhatWasSettledSettled() throws Exception {
        handler =
                c -> {
                    if (c.getCompensationId().equals("r/refine")) {
                        producer.sendException = new KafkaException("away");
                    }
                    return Undo.done();
                };
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        consumer.addRecord(record(1, compensation("r/refine", 1)));
        consumer.addRecord(record(2, compensation("r/expand", 1)));
        loop.workOnce();

        assertThat(committed()).isEqualTo(1);
        assertThat(consumer.position(PARTITION)).isEqualTo(1);
    }

    @Test
    void kafkaBeingAwayEndsNothing() throws Exception {
        consumer.setPollException(new KafkaException("away"));
        loop.workOnce();
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        loop.workOnce();

        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void poisonBecomesADeadLetterAndHoldsUpNobody() throws Exception {
        byte[] garbage = {1, 2, 3};
        consumer.addRecord(record(0, garbage));
        consumer.addRecord(record(1, WIRE.encode(new CancelRequest("no compensation"))));
        consumer.addRecord(record(2, (byte[]) null));
        consumer.addRecord(record(3, compensation("r/draft", 1)));
        loop.workOnce();

        assertThat(handled).hasSize(1);
        assertThat(answers()).hasSize(1);
        List<ProducerRecord<byte[], byte[]>> letters = sent(Topics.DEAD_LETTERS);
        assertThat(letters)
                .extracting(CompensationLoopTest::reason)
                .containsExactly("undecodable_record", "undecodable_record", "null_value");
        assertThat(letters.getFirst().value()).isEqualTo(garbage);
        assertThat(committed()).isEqualTo(4);
    }

    @Test
    void aCompensationThatCannotBeAnsweredIsADeadLetterAndNotHandled() throws Exception {
        for (int partition : List.of(-1, 4)) {
            Compensation nowhere =
                    Compensation.newBuilder(compensation("r/draft", 1))
                            .setHomePartition(partition)
                            .build();
            consumer.addRecord(record(partition + 1, nowhere));
        }
        loop.workOnce();

        assertThat(handled).isEmpty();
        assertThat(sent(Topics.DEAD_LETTERS))
                .extracting(CompensationLoopTest::reason)
                .containsExactly("invalid_request", "invalid_request");
    }

    @Test
    void closingWaitsForTheHandlerInWork() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        handler =
                c -> {
                    working.countDown();
                    assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
                    return Undo.done();
                };
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        CompensationParticipant participant = start(Duration.ofSeconds(40));
        assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();

        Thread closer = Thread.ofPlatform().name("closer").start(participant::close);
        mayEnd.countDown();
        closer.join(Duration.ofSeconds(20));

        assertThat(participant.stopped()).isCompleted();
        assertThat(answers()).hasSize(1);
        assertThat(consumer.closed()).isTrue();
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void aHandlerThatDoesNotEndIsInterruptedAndNotAnswered() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        handler =
                c -> {
                    working.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("as libraries do", e);
                    }
                    return Undo.done();
                };
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        CompensationParticipant participant = start(Duration.ofMillis(200));
        assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();

        participant.close();

        Awaitility.await().untilAsserted(() -> assertThat(participant.stopped()).isDone());
        assertThat(participant.stopped()).isCompleted();
        assertThat(producer.history()).isEmpty();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aBugThatEndsTheLoopIsTold() {
        handler =
                c -> {
                    throw new StackOverflowError();
                };
        consumer.addRecord(record(0, compensation("r/draft", 1)));
        CompensationParticipant participant = start(Duration.ofSeconds(20));

        Awaitility.await().untilAsserted(() -> assertThat(participant.stopped()).isDone());
        assertThat(participant.stopped()).isCompletedExceptionally();
        participant.close();
    }

    private CompensationParticipant start(Duration closeTimeout) {
        return CompensationParticipant.start(
                loop, closeTimeout, Thread.ofPlatform().name("participant")::start);
    }

    private long committed() {
        Map<TopicPartition, OffsetAndMetadata> all = consumer.committed(Set.of(PARTITION));
        OffsetAndMetadata offset = new HashMap<>(all).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    private List<CompensationAnswered> answers() throws Exception {
        List<CompensationAnswered> all = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : sent(Topics.EVENTS)) {
            InferenceEvent event = WIRE.decode(record.value(), InferenceEvent.class);
            all.add((CompensationAnswered) event.getEvent());
        }
        return all;
    }

    private List<ProducerRecord<byte[], byte[]>> sent(String topic) {
        return producer.history().stream().filter(r -> r.topic().equals(topic)).toList();
    }

    private static String reason(ProducerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(HeaderNames.REASON).value(), UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, SpecificRecord value) {
        return record(offset, WIRE.encode(value));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte @Nullable [] value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(TOPIC, 0, offset, "r".getBytes(UTF_8), value);
        record.headers().add(HeaderNames.TRACEPARENT, "00-trace".getBytes(UTF_8));
        return record;
    }

    private static Compensation compensation(String id, int attempt) {
        return Compensation.newBuilder()
                .setCompensationId(id)
                .setRequestId("r")
                .setStage(id.substring(2))
                .setModel("m")
                .setOrder(0)
                .setAttempt(attempt)
                .setReason("failed")
                .setAt(1)
                .setHomePartition(3)
                .setTenant("default")
                .setActions(List.of(new RefundTokens(new Usage(3, 4), null), new UndoEffect(TOPIC)))
                .build();
    }

    private static Cluster eventsWithPartitions(int count) {
        Node node = new Node(0, "localhost", 1);
        List<PartitionInfo> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(
                    new PartitionInfo(
                            Topics.EVENTS, i, node, new Node[] {node}, new Node[] {node}));
        }
        return new Cluster("cluster", List.of(node), partitions, Set.of(), Set.of());
    }
}
