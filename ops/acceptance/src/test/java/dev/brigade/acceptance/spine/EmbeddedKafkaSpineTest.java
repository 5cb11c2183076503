package dev.brigade.acceptance.spine;

import dev.brigade.acceptance.system.Opened;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.nio.file.Path;

/** The suite on the broker that ships with the project. */
final class EmbeddedKafkaSpineTest extends SpineSuite {

    @Override
    String bootstrapServers(Path folder, Opened opened) {
        BrokerSettings settings = BrokerSettings.forTests(folder.resolve("kafka"));
        return opened.add(BrokerProcess.start(settings)).bootstrapServers();
    }
}
