package dev.brigade.bench.programs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers without a group, which see committed records only. */
public final class CommittedLog {

    private static final int MOST_AT_ONCE = 5_000;

    private CommittedLog() {}

    /** One that has no partitions yet. */
    public static <K> KafkaConsumer<K, byte[]> open(String bootstrapServers, Deserializer<K> keys) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        MOST_AT_ONCE),
                keys,
                new ByteArrayDeserializer());
    }

    /** One that reads all of these topics from their present end on. */
    public static KafkaConsumer<String, byte[]> fromTheEnd(
            String bootstrapServers, Collection<String> topics) {
        KafkaConsumer<String, byte[]> consumer = open(bootstrapServers, new StringDeserializer());
        List<TopicPartition> all =
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
        return consumer;
    }
}
