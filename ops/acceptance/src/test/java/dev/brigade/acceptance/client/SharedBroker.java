package dev.brigade.acceptance.client;

import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** One broker with Brigade's topics for all tests of this package; it ends with their process. */
final class SharedBroker {

    static final int PARTITIONS = 3;

    private SharedBroker() {}

    /** Where clients connect. */
    static String address() {
        return Holder.BROKER.bootstrapServers();
    }

    /** A broker of a test's own, with Brigade's topics. */
    static BrokerProcess start() {
        BrokerProcess broker = BrokerProcess.start(BrokerSettings.forTests(folder()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCheck(admin, Optional.of((short) 1), Duration.ofSeconds(30))
                    .ensure(Topics.catalogue(PARTITIONS));
        }
        return broker;
    }

    static Path folder() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "brokers")), "broker");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Holder {

        private static final BrokerProcess BROKER = start();
    }
}
