package dev.brigade.acceptance.system;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ResultPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Reads whole topics, committed records only, to see what really happened. One thread owns it. */
public final class RecordLog implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private final KafkaConsumer<String, byte[]> consumer;

    public RecordLog(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed",
                                "fetch.max.wait.ms",
                                "20"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
    }

    /** All records of a topic, from its beginning to its present end. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic, Duration.ofSeconds(10)).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        Awaitility.await("the end of " + topic)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                    return ends.entrySet().stream()
                            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                });
        return records;
    }

    /** The first record of a topic that fits; waits for it. */
    public ConsumerRecord<String, byte[]> awaitRecord(
            String topic, Predicate<ConsumerRecord<String, byte[]>> fits) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        Awaitility.await("a record of " + topic)
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> {
                    read(topic).stream().filter(fits).findFirst().ifPresent(found::add);
                    return !found.isEmpty();
                });
        return found.getFirst();
    }

    /** The terminal of a request; waits for it. */
    public Reply awaitReply(String requestId) {
        return decode(
                awaitRecord(Topics.REPLIES, r -> requestId.equals(r.key())).value(), Reply.class);
    }

    /** Every terminal of a request so far. */
    public List<Reply> replies(String requestId) {
        return read(Topics.REPLIES).stream()
                .filter(r -> requestId.equals(r.key()))
                .map(r -> decode(r.value(), Reply.class))
                .toList();
    }

    /** Every chunk of a request so far, in the order of the log. */
    public List<Chunk> chunks(String requestId) {
        return read(Topics.TOKENS).stream()
                .filter(r -> requestId.equals(r.key()))
                .map(r -> decode(r.value(), Chunk.class))
                .toList();
    }

    /** Every part of a batch's results so far, in the order of the log. */
    public List<ResultPart> results(String requestId) {
        return read(Topics.RESULTS).stream()
                .filter(r -> requestId.equals(r.key()))
                .map(r -> decode(r.value(), ResultPart.class))
                .toList();
    }

    /** Every job that was let out to a model's workers, in order. */
    public List<Job> jobs(String model) {
        return read(Topics.model(model)).stream().map(r -> decode(r.value(), Job.class)).toList();
    }

    /** Every compensation of a request so far on one topic, in the order of the log. */
    public List<Compensation> compensations(String topic, String requestId) {
        return read(topic).stream()
                .filter(r -> requestId.equals(r.key()))
                .map(r -> decode(r.value(), Compensation.class))
                .toList();
    }

    /** Every event of a request so far, in the order of the log. */
    public List<InferenceEvent> events(String requestId) {
        return read(Topics.EVENTS).stream()
                .filter(r -> requestId.equals(r.key()))
                .map(r -> decode(r.value(), InferenceEvent.class))
                .toList();
    }

    /** The dead letter of a request; waits for it. */
    public ConsumerRecord<String, byte[]> awaitDeadLetter(String key) {
        return awaitRecord(Topics.DEAD_LETTERS, r -> key.equals(r.key()));
    }

    /** An event of a request; waits for it. */
    public <T> T awaitEvent(String requestId, Class<T> kind, Predicate<T> fits) {
        ConsumerRecord<String, byte[]> record =
                awaitRecord(
                        Topics.EVENTS,
                        r ->
                                requestId.equals(r.key())
                                        && event(r.value(), kind).filter(fits).isPresent());
        return event(record.value(), kind).orElseThrow();
    }

    private <T> Optional<T> event(byte[] value, Class<T> kind) {
        Object event = decode(value, InferenceEvent.class).getEvent();
        return kind.isInstance(event) ? Optional.of(kind.cast(event)) : Optional.empty();
    }

    private <T extends SpecificRecord> T decode(byte[] value, Class<T> kind) {
        try {
            return wire.decode(value, kind);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
