package dev.brigade.acceptance.images;

import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The suite on the broker that ships with the project. */
final class EmbeddedKafkaImagesTest extends ImagesSuite {

    private @Nullable BrokerProcess broker;

    @Override
    String bootstrapServers(Path folder) {
        broker = BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka")));
        return broker.bootstrapServers();
    }

    @AfterAll
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }
}
