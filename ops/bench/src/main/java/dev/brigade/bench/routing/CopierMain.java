package dev.brigade.bench.routing;

import dev.brigade.config.ParentWatch;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The process of a plain copier: Kafka Streams with the dispatcher's guarantee, commit interval,
 * threads and client settings, and none of its work. With one hop it copies; with two it goes
 * through a topic between and puts each record into a store at each hop, as the dispatcher's shape
 * demands.
 *
 * <p>Arguments: bootstrap servers, folder of the stores, number of hops.
 */
public final class CopierMain {

    /** Printed when it copies. */
    static final String READY = "copier ready";

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private CopierMain() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) throws InterruptedException {
        System.setProperty("logback.configurationFile", "dev/brigade/bench/logback-bench.xml");
        ParentWatch.startIfAsked();
        int hops = Integer.parseInt(args[2]);
        Topology topology = CopierTopology.of(hops);
        KafkaStreams streams = new KafkaStreams(topology, settings(args[0], args[1], hops));
        CountDownLatch ended = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println(READY);
            } else if (now.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> streams.close(CLOSE_LIMIT), "close-copier"));
        streams.start();
        ended.await();
    }

    /** What the dispatcher sets; what only its failures need is left out. */
    private static Properties settings(String bootstrapServers, String stateDir, int hops) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-copier-" + hops);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 2L);
        settings.put(StreamsConfig.POLL_MS_CONFIG, 2L);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return settings;
    }
}
