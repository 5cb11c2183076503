package dev.brigade.worker.control;

import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** A log of two topics with a partition each, and consumers of it, one after another. */
final class TestingConsumers {

    private static final TopicPartition CONTROL = new TopicPartition(Topics.CONTROL, 0);
    private static final TopicPartition COMPENSATIONS = new TopicPartition(Topics.COMPENSATIONS, 0);

    private final Map<TopicPartition, Long> ends;
    private final List<ConsumerRecord<byte[], byte[]>> log = new CopyOnWriteArrayList<>();
    private volatile OptionalLong late = OptionalLong.empty();
    private volatile Optional<Reader> open = Optional.empty();

    /** Both topics with as many records before the start. */
    TestingConsumers(long commands, long compensations) {
        ends = Map.of(CONTROL, commands, COMPENSATIONS, compensations);
    }

    /** The first command that a consumer finds who asks by time. */
    void lookBackTo(long offset) {
        late = OptionalLong.of(offset);
    }

    Consumer<byte[], byte[]> open() {
        Reader reader = new Reader();
        open = Optional.of(reader);
        return reader;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        log.add(record);
    }

    /** Fails the next poll. */
    void lose() {
        open.orElseThrow().setPollException(new KafkaException("lost"));
    }

    private final class Reader extends MockConsumer<byte[], byte[]> {

        private int given;

        Reader() {
            super("earliest");
            for (TopicPartition partition : ends.keySet()) {
                Node[] none = new Node[0];
                String topic = partition.topic();
                updatePartitions(
                        topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), none, none)));
            }
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions) {
            return ends;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.keySet()
                    .forEach(partition ->
                            late.ifPresent(offset ->
                                    found.put(partition, new OffsetAndTimestamp(offset, 1))));
            return found;
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            while (given < log.size()) {
                addRecord(log.get(given++));
            }
            return super.poll(timeout);
        }
    }
}
