package dev.brigade.standalone.saga;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.request.ReplyPartition;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.UndoEffect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the records of one request. An id of Brigade's own clients tells when it was made, and its
 * request lies where Kafka's default partitioner puts the key; so little is read. For any other id,
 * and where nothing is found there, every partition is read.
 */
final class SagaLog {

    /** What one clock may be ahead of another. */
    private static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(1);

    private final LogReader reader;
    private final String id;
    private final byte[] key;
    private final List<LogEntry> entries = new ArrayList<>();

    private SagaLog(LogReader reader, String id) {
        this.reader = reader;
        this.id = id;
        this.key = id.getBytes(StandardCharsets.UTF_8);
    }

    /** All records of the request that the log has now. */
    static List<LogEntry> read(LogReader reader, String id) {
        SagaLog log = new SagaLog(reader, id);
        log.read();
        return List.copyOf(log.entries);
    }

    private void read() {
        Optional<Instant> made = RequestId.parse(id).map(parts -> parts.createdAt());
        Optional<LogReader.Found> request = Optional.empty();
        if (made.isPresent()) {
            request = request(true, made);
        }
        if (request.isEmpty()) {
            request = request(false, Optional.empty());
        }
        Optional<Instant> since =
                request.map(found -> Instant.ofEpochMilli(found.entry().timestampMs()))
                        .or(() -> made);
        take(events(request), since);
        take(replies(request), since);
        take(byKey(Topics.COMPENSATIONS), since);
        take(participants(), since);
        take(reader.partitions(Topics.DEAD_LETTERS), since);
    }

    /** Takes what is keyed by the id from the topics of requests; the request, if it is there. */
    private Optional<LogReader.Found> request(
            boolean onlyWhereTheKeyLeads, Optional<Instant> since) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : reader.topics()) {
            if (Topics.REQUESTS_PATTERN.matcher(topic).matches()) {
                partitions.addAll(onlyWhereTheKeyLeads ? byKey(topic) : reader.partitions(topic));
            }
        }
        return take(partitions, since).stream()
                .filter(f -> f.entry().value().orElse(null) instanceof InferenceRequest)
                .findFirst();
    }

    private List<TopicPartition> events(Optional<LogReader.Found> request) {
        return request.map(found -> new TopicPartition(Topics.EVENTS, found.entry().partition()))
                .map(List::of)
                .orElseGet(() -> reader.partitions(Topics.EVENTS));
    }

    /** Where the request's headers send the terminal, which is the usual topic if that is gone. */
    private List<TopicPartition> replies(Optional<LogReader.Found> request) {
        List<TopicPartition> usual = reader.partitions(Topics.REPLIES);
        if (request.isEmpty() || usual.isEmpty()) {
            return usual;
        }
        Optional<String> topic = request.get().entry().header(HeaderNames.REPLY_TOPIC);
        if (topic.isPresent()) {
            List<TopicPartition> both = new ArrayList<>(usual);
            both.addAll(reader.partitions(topic.get()));
            return both.stream().distinct().toList();
        }
        Optional<Integer> asked = ReplyHeaders.partition(request.get().raw());
        return List.of(usual.get(ReplyPartition.of(id, asked, usual.size())));
    }

    private List<TopicPartition> participants() {
        return entries.stream()
                .flatMap(entry -> entry.value().stream())
                .filter(Compensation.class::isInstance)
                .flatMap(value -> ((Compensation) value).getActions().stream())
                .filter(UndoEffect.class::isInstance)
                .map(action -> ((UndoEffect) action).getTopic())
                .distinct()
                .flatMap(topic -> byKey(topic).stream())
                .toList();
    }

    /** The partition that Kafka's default partitioner gives the id; none without the topic. */
    private List<TopicPartition> byKey(String topic) {
        List<TopicPartition> all = reader.partitions(topic);
        return all.isEmpty() ? all : List.of(all.get(ReplyPartition.ofKey(id, all.size())));
    }

    private List<LogReader.Found> take(List<TopicPartition> partitions, Optional<Instant> since) {
        List<LogReader.Found> found = new ArrayList<>();
        if (!partitions.isEmpty()) {
            reader.read(
                    partitions,
                    since.map(time -> time.minus(CLOCK_ALLOWANCE)),
                    this::isOurs,
                    found::add);
        }
        found.forEach(f -> entries.add(f.entry()));
        return found;
    }

    private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.equals(record.key(), key);
    }
}
