package dev.brigade.rest.ledger;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.rest.config.KafkaProperties;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** One broker with Brigade's topics for all tests of this module; it ends with their process. */
public final class TestingKafka {

    /** Partitions of those topics that scale. */
    public static final int PARTITIONS = 1;

    private TestingKafka() {}

    /** Where clients connect. */
    public static String address() {
        return Holder.BROKER.bootstrapServers();
    }

    /** A ledger of an instance of its own. */
    public static Ledger ledger() {
        return ledger(address(), new Gate());
    }

    /** As {@link #ledger()}; its instance is frozen while the gate is shut. */
    public static Ledger ledger(Gate gate) {
        return ledger(address(), gate);
    }

    static KafkaLedger ledger(String address, Gate gate) {
        return KafkaLedger.start(
                new GatedClients(settings(address), gate), new AvroWire(BuiltInSchemas.instance()));
    }

    private static KafkaProperties settings(String address) {
        return new KafkaProperties(
                address,
                null,
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                64,
                Map.of());
    }

    /** As when the broker has not heard of any instance for too long: their turns are free. */
    public static void missMembers() {
        try (Admin admin = admin(address())) {
            admin.removeMembersFromConsumerGroup(
                            LedgerClients.TURN, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Admin admin(String address) {
        return Admin.create(Map.of("bootstrap.servers", address));
    }

    private static BrokerProcess start() {
        BrokerProcess broker = BrokerProcess.start(BrokerSettings.forTests(folder()));
        try (Admin admin = admin(broker.bootstrapServers())) {
            new TopicCheck(admin, Optional.of((short) 1), Duration.ofSeconds(30))
                    .ensure(Topics.catalogue(PARTITIONS));
        }
        return broker;
    }

    private static Path folder() {
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

    private static final class GatedClients extends LedgerClients {

        private final Gate gate;

        private GatedClients(KafkaProperties kafka, Gate gate) {
            super(kafka);
            this.gate = gate;
        }

        @Override
        Consumer<byte[], byte[]> reader() {
            return gated(super.reader());
        }

        @Override
        Consumer<byte[], byte[]> member() {
            return gated(super.member());
        }

        @Override
        Producer<byte[], byte[]> fencedWriter() {
            return gated(super.fencedWriter());
        }

        @SuppressWarnings("unchecked")
        private Consumer<byte[], byte[]> gated(Consumer<byte[], byte[]> one) {
            return gate.before(Consumer.class, one);
        }

        @SuppressWarnings("unchecked")
        private Producer<byte[], byte[]> gated(Producer<byte[], byte[]> one) {
            return gate.before(Producer.class, one);
        }
    }
}
