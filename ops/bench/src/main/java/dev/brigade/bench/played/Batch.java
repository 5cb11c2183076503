package dev.brigade.bench.played;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes many records that appear to read_committed readers all at once: they lie in the log before
 * the clock starts, and the commit makes them visible.
 */
public final class Batch implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    public Batch(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "bench-batch",
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                128 << 10),
                        new StringSerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
    }

    /**
     * A record to write.
     *
     * @param partition empty leaves it to the key
     */
    public record Entry(String topic, Optional<Integer> partition, String key, byte[] value) {

        /** One whose key tells its partition. */
        public static Entry byKey(String topic, String key, byte[] value) {
            return new Entry(topic, Optional.empty(), key, value);
        }
    }

    /** Writes the entries and returns the {@link System#nanoTime} just before they are shown. */
    public long show(List<Entry> entries) {
        producer.beginTransaction();
        entries.forEach(entry -> {
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    entry.topic(),
                                    entry.partition().orElse(null),
                                    entry.key(),
                                    entry.value()));
        });
        producer.flush();
        long start = System.nanoTime();
        producer.commitTransaction();
        return start;
    }

    @Override
    public void close() {
        producer.close(Duration.ofMillis(TimeUnit.SECONDS.toMillis(5)));
    }
}
