package dev.brigade.acceptance.images;

import dev.brigade.acceptance.system.Opened;
import java.nio.file.Path;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The suite on Kafka's own image, where a Docker engine is. */
@Testcontainers(disabledWithoutDocker = true)
final class ContainerKafkaImagesTest extends ImagesSuite {

    @Container
    private static final KafkaContainer KAFKA =
            new KafkaContainer("apache/kafka:4.3.1")
                    .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                    .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");

    @Override
    String bootstrapServers(Path folder, Opened opened) {
        return KAFKA.getBootstrapServers();
    }
}
