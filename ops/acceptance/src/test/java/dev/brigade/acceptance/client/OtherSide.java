package dev.brigade.acceptance.client;

import static org.awaitility.Awaitility.await;

import dev.brigade.contract.request.ReplyPartition;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Dispatcher and workers, played by hand: takes requests, publishes chunks and terminals. */
final class OtherSide implements AutoCloseable {

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private final KafkaProducer<byte[], byte[]> worker;
    private final KafkaProducer<byte[], byte[]> dispatcher;
    private final KafkaConsumer<String, byte[]> requests;
    private final Deque<ConsumerRecord<String, byte[]>> taken = new ArrayDeque<>();

    OtherSide(String bootstrapServers) {
        worker = producer(bootstrapServers, Map.of("linger.ms", 0));
        dispatcher =
                producer(
                        bootstrapServers,
                        Map.of("transactional.id", "test-" + UUID.randomUUID(), "linger.ms", 0));
        dispatcher.initTransactions();
        requests =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        var partitions =
                IntStream.range(0, SharedBroker.PARTITIONS)
                        .mapToObj(p -> new TopicPartition(Topics.REQUESTS, p))
                        .toList();
        requests.assign(partitions);
        requests.seekToEnd(partitions);
        partitions.forEach(requests::position);
    }

    /** The next record on the topic of requests. */
    ConsumerRecord<String, byte[]> nextRecord() {
        await().atMost(Duration.ofSeconds(20))
                .pollInSameThread()
                .until(() -> {
                    requests.poll(Duration.ofMillis(50)).forEach(taken::add);
                    return !taken.isEmpty();
                });
        return taken.remove();
    }

    /** Whether more records are there; waits a little for them. */
    boolean hasMore() {
        requests.poll(Duration.ofMillis(500)).forEach(taken::add);
        return !taken.isEmpty();
    }

    <T extends SpecificRecord> T decode(ConsumerRecord<String, byte[]> record, Class<T> kind) {
        try {
            return wire.decode(record.value(), kind);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    void chunk(String id, Epoch epoch, int seq, String text) {
        publish(
                worker,
                Topics.TOKENS,
                id,
                Chunk.newBuilder()
                        .setRequestId(id)
                        .setStage("answer")
                        .setEpoch(epoch)
                        .setSeq(seq)
                        .setText(text)
                        .setTokens(1)
                        .setModel("m")
                        .build());
    }

    /** A terminal in a transaction of its own. */
    void reply(Reply reply) {
        dispatcher.beginTransaction();
        publish(dispatcher, Topics.REPLIES, reply.getRequestId(), reply);
        dispatcher.commitTransaction();
    }

    /** Records of one request in a transaction of their own, each on the topic that it is for. */
    void decide(String id, SpecificRecord... records) {
        dispatcher.beginTransaction();
        publishAll(id, records);
        dispatcher.commitTransaction();
    }

    /** As {@link #decide}, but undone: nobody may read them. */
    void decideAndAbort(String id, SpecificRecord... records) {
        dispatcher.beginTransaction();
        publishAll(id, records);
        dispatcher.flush();
        dispatcher.abortTransaction();
    }

    private void publishAll(String id, SpecificRecord... records) {
        for (SpecificRecord record : records) {
            String topic =
                    switch (record) {
                        case ResultPart part -> Topics.RESULTS;
                        case Chunk chunk -> Topics.TOKENS;
                        default -> Topics.REPLIES;
                    };
            publish(dispatcher, topic, id, record);
        }
    }

    /** A terminal in a transaction that is still open. */
    void beginReply(Reply reply) {
        dispatcher.beginTransaction();
        publish(dispatcher, Topics.REPLIES, reply.getRequestId(), reply);
        dispatcher.flush();
    }

    void abort() {
        dispatcher.abortTransaction();
    }

    /** Any record that is not transactional. */
    void publish(String topic, String key, SpecificRecord value) {
        send(
                worker,
                new ProducerRecord<>(
                        topic, key.getBytes(StandardCharsets.UTF_8), wire.encode(value)));
    }

    void publishBytes(String topic, int partition, String key, byte[] value) {
        send(
                worker,
                new ProducerRecord<>(
                        topic, partition, key.getBytes(StandardCharsets.UTF_8), value));
    }

    void tombstone(String topic, String key) {
        send(worker, new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), null));
    }

    static Epoch epoch(int dispatch, int delivery) {
        return new Epoch(dispatch, delivery, "attempt-" + dispatch + "-" + delivery);
    }

    static Reply completed(String id, String text) {
        return reply(id, ReplyStatus.COMPLETED)
                .setText(text)
                .setModel("m")
                .setFinishReason("stop")
                .setUsage(new Usage(3, 4))
                .build();
    }

    static Reply.Builder reply(String id, ReplyStatus status) {
        return Reply.newBuilder()
                .setRequestId(id)
                .setStatus(status)
                .setReceivedAt(1)
                .setFinishedAt(2);
    }

    @Override
    public void close() {
        worker.close(Duration.ofSeconds(2));
        dispatcher.close(Duration.ofSeconds(2));
        requests.close();
    }

    private void publish(
            KafkaProducer<byte[], byte[]> producer, String topic, String id, SpecificRecord value) {
        int partition = ReplyPartition.of(id, Optional.empty(), SharedBroker.PARTITIONS);
        send(
                producer,
                new ProducerRecord<>(
                        topic, partition, id.getBytes(StandardCharsets.UTF_8), wire.encode(value)));
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        var _ = producer.send(record);
    }

    private static KafkaProducer<byte[], byte[]> producer(
            String bootstrapServers, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", bootstrapServers);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
