package dev.brigade.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What one running broker does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerProcessTest {

    private BrokerProcess broker;
    private TestingClients clients;

    @BeforeAll
    void start(@TempDir Path folder) {
        broker = BrokerProcess.start(BrokerSettings.forTests(folder));
        clients = new TestingClients(broker.bootstrapServers());
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void carriesRecordsFromAProducerToAConsumer() throws Exception {
        clients.createTopic("round-trip");

        clients.send("round-trip", List.of("one", "two"));

        assertThat(clients.read("round-trip", 2)).containsExactly("one", "two");
    }

    @Test
    void showsOnlyCommittedTransactionsToReadersOfCommittedRecords() throws Exception {
        clients.createTopic("transactions");
        try (var producer = clients.producer(Map.of("transactional.id", "t"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", "aborted"))
                    .get(20, TimeUnit.SECONDS);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", "committed"))
                    .get(20, TimeUnit.SECONDS);
            producer.commitTransaction();
        }

        assertThat(clients.read("transactions", 1)).containsExactly("committed");
    }

    @Test
    void handsWorkToAShareGroupAndAgainWhenItIsReleased() throws Exception {
        clients.createTopic("work");
        clients.prepareShareGroup("workers");
        clients.send("work", List.of("job"));
        try (var worker = clients.shareConsumer("workers")) {
            worker.subscribe(List.of("work"));

            ConsumerRecord<String, String> first = pollOne(worker);
            assertThat(first.value()).isEqualTo("job");
            assertThat(first.deliveryCount()).hasValue((short) 1);
            worker.acknowledge(first, AcknowledgeType.RELEASE);

            ConsumerRecord<String, String> again = pollOne(worker);
            assertThat(again.deliveryCount()).hasValue((short) 2);
            worker.acknowledge(again, AcknowledgeType.ACCEPT);
            worker.commitSync();
        }
    }

    private static ConsumerRecord<String, String> pollOne(
            org.apache.kafka.clients.consumer.ShareConsumer<String, String> worker) {
        List<ConsumerRecord<String, String>> polled = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    worker.poll(Duration.ofMillis(200)).forEach(polled::add);
                    return !polled.isEmpty();
                });
        return polled.getFirst();
    }

    @Test
    void takesRecordsOfSeveralMegabytes() throws Exception {
        clients.createTopic("large");
        String large = "x".repeat(5 << 20);
        try (var producer = clients.producer(Map.of("max.request.size", 8 << 20))) {
            producer.send(new ProducerRecord<>("large", large)).get(20, TimeUnit.SECONDS);
        }

        assertThat(clients.read("large", 1)).containsExactly(large);
    }

    @Test
    void makesNoTopicThatNobodyCreated() {
        try (var producer = clients.producer(Map.of("max.block.ms", "2000"))) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("misspelt", "x"))
                                    .get(20, TimeUnit.SECONDS))
                    .hasStackTraceContaining("misspelt");
        }
    }

    @Test
    void isReachableOnLoopbackOnly() throws Exception {
        int port = broker.port();
        // Another address of this machine still has the port free.
        try (var elsewhere = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
            assertThat(elsewhere.isBound()).isTrue();
        }
    }

    @Test
    void saysWhoseFaultItIsWhenThePortIsTaken(@TempDir Path folder) {
        var settings = BrokerSettings.forTests(folder).withPort(broker.port());

        assertThatThrownBy(() -> BrokerProcess.start(settings))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("Address already in use")
                .hasMessageContaining(folder.resolve("broker.log").toString());
    }

    @Test
    void keepsWhatItAcknowledgedThroughAKillAndARestart(@TempDir Path folder) throws Exception {
        List<String> values = IntStream.range(0, 500).mapToObj(i -> "record-" + i).toList();
        BrokerSettings settings;
        try (BrokerProcess killed = BrokerProcess.start(BrokerSettings.forTests(folder))) {
            settings = killed.settings();
            var before = new TestingClients(killed.bootstrapServers());
            before.createTopic("kept");
            before.send("kept", values);
            killed.kill();
            assertThat(killed.isAlive()).isFalse();
        }

        try (BrokerProcess restarted = BrokerProcess.start(settings)) {
            assertThat(restarted.port()).isEqualTo(settings.port());
            var after = new TestingClients(restarted.bootstrapServers());
            assertThat(after.read("kept", values.size())).isEqualTo(values);
        }
    }
}
