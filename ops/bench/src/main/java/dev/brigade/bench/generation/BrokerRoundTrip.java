package dev.brigade.bench.generation;

import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.contract.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the broker alone costs: one record of 1 KB to it and back, one at a time. */
final class BrokerRoundTrip implements AutoCloseable {

    private static final String TOPIC = "bench.echo";
    private static final byte[] KILOBYTE = new byte[1024];
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    BrokerRoundTrip(BenchSystem system) {
        system.create(List.of(new Topic(TOPIC, 1, Map.of())));
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                system.bootstrapServers(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.ACKS_CONFIG,
                                "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, system.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        TopicPartition place = new TopicPartition(TOPIC, 0);
        consumer.assign(List.of(place));
        consumer.seekToEnd(List.of(place));
        consumer.position(place);
    }

    /** Time from before the send until the record is in the consumer's hands. */
    long nanos() {
        long start = System.nanoTime();
        var _ = producer.send(new ProducerRecord<>(TOPIC, KILOBYTE));
        while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException("the broker gives no record back");
            }
        }
        return System.nanoTime() - start;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }
}
