package dev.brigade.standalone.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.request.ReplyPartition;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Reply;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command on a real log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class SagaCommandTest {

    private static final int PARTITIONS = 4;

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> complaints = new ArrayList<>();
    private BrokerProcess broker;
    private KafkaProducer<String, byte[]> producer;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = BrokerProcess.start(BrokerSettings.forTests(folder));
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            new TopicCheck(admin, Optional.empty(), Duration.ofSeconds(20))
                    .ensure(Topics.catalogue(PARTITIONS));
            admin.createTopics(
                            List.of(
                                    new NewTopic(TestingLog.TOPIC, PARTITIONS, (short) 1),
                                    new NewTopic("inference.requests.acme", 2, (short) 1),
                                    new NewTopic("answers.elsewhere", 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    void stop() {
        producer.close(Duration.ofSeconds(5));
        broker.close();
    }

    @Test
    void showsARequestThroughAllItsTopics() throws Exception {
        String id = RequestId.create(System.currentTimeMillis(), 3);
        TestingLog log =
                new TestingLog(id)
                        .asked()
                        .released("draft", 1, 5)
                        .started("draft", 1, "w1", 8)
                        .finished("draft", 1, "w1", "a draft", 60)
                        .compensation(Topics.COMPENSATIONS, "draft", 0, 1, 100)
                        .compensation(TestingLog.TOPIC, "draft", 0, 1, 100)
                        .answered("draft", 1, true, 150)
                        .failedWhole("engine_error", 100, TestingLog.report("draft", "done"));
        write(id, log);

        assertThat(run("show", id)).isZero();
        assertThat(output())
                .contains("request " + id, "failed at", "engine_error", "draft: done")
                .doesNotContain(TestingLog.SECRET);
        assertThat(run("show", id, "--text")).isZero();
        assertThat(output()).contains("user: " + TestingLog.SECRET);
        assertThat(run("show", "--json", id)).isZero();
        JsonNode json = JsonMapper.shared().readTree(output());
        assertThat(json.path("request_id").asString()).isEqualTo(id);
        assertThat(json.path("terminals").path(0).path("status").asString()).isEqualTo("failed");
        assertThat(json.path("stages").path(0).path("tokens").path("prompt").asInt()).isEqualTo(10);
        assertThat(json.path("compensations").path(0).path("steps")).hasSize(3);
    }

    @Test
    void showsARequestOfATenantWithAnIdOfItsOwnAndARepliesTopicOfItsOwn() throws Exception {
        String id = "order-17";
        TestingLog log = new TestingLog(id).failedWhole("engine_error", 10);
        send("inference.requests.acme", 1, id, TestingLog.request(), "answers.elsewhere");
        send("answers.elsewhere", 0, id, log.entries().getFirst().value().orElseThrow(), null);

        assertThat(run("show", id)).isZero();
        assertThat(output()).contains("inference.requests.acme, partition 1", "engine_error");
    }

    @BeforeEach
    void forget() {
        complaints.clear();
    }

    @Test
    void saysThatThereIsNoSuchRequest() throws Exception {
        assertThat(run("show", "nobody")).isEqualTo(1);
        assertThat(run("show", RequestId.create(System.currentTimeMillis(), 0))).isEqualTo(1);

        assertThat(complaints).hasSize(2).allMatch(line -> line.contains("holds no request"));
    }

    @Test
    void listsTheNewestRequestsAndWhichAreOpen() throws Exception {
        String open = RequestId.create(System.currentTimeMillis(), 1);
        String ended = RequestId.create(System.currentTimeMillis(), 2);
        write(open, new TestingLog(open).asked());
        write(
                ended,
                new TestingLog(ended)
                        .asked()
                        .completed("text", 50, TestingLog.report("draft", "done")));

        assertThat(run("list", "--limit", "1000")).isZero();
        assertThat(output()).contains(open, ended, "completed");
        assertThat(run("list", "--open")).isZero();
        assertThat(output()).contains(open).doesNotContain(ended);
        assertThat(run("list", "--limit", "1")).isZero();
        assertThat(output().lines()).hasSize(2);
    }

    @Test
    void aParkedCompensationIsListedAndSentAgainAsItIsUntilItIsAnswered() throws Exception {
        String id = RequestId.create(System.currentTimeMillis(), 1);
        String compensation = id + "/draft";
        byte[] value = wire.encode(TestingLog.compensationOf(id, "draft", 0, 3));
        write(id, new TestingLog(id).asked());
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, id, value);
        letter.headers()
                .add("traceparent", new byte[] {1, 2})
                .add(HeaderNames.REASON, utf8("compensation_failed"))
                .add(HeaderNames.DLT_ORIGINAL_TOPIC, utf8(TestingLog.TOPIC));
        producer.send(letter).get(20, TimeUnit.SECONDS);

        assertThat(run("parked")).isZero();
        assertThat(output()).contains(compensation, TestingLog.TOPIC);
        assertThat(run("list", "--parked")).isZero();
        assertThat(output()).contains(id, "draft");
        assertThat(run("retry", "nobody/draft")).isEqualTo(1);
        assertThat(run("retry", compensation)).isZero();
        assertThat(output()).contains("sent again: " + compensation + " to effects");
        ConsumerRecord<byte[], byte[]> again = sentAgain(id);
        assertThat(again.value()).isEqualTo(value);
        assertThat(again.partition()).isEqualTo(ReplyPartition.ofKey(id, PARTITIONS));
        assertThat(again.headers())
                .extracting(header -> header.key())
                .containsExactly("traceparent");

        TestingLog answer = new TestingLog(id).answered("draft", 3, true, 0);
        send(Topics.EVENTS, 0, id, answer.entries().getFirst().value().orElseThrow(), null);

        assertThat(run("parked", "--json")).isZero();
        assertThat(output()).doesNotContain(compensation);
        assertThat(run("retry", compensation)).isEqualTo(1);
    }

    @Test
    void saysHowToStartTheSystemWhenNoBrokerAnswers() throws Exception {
        int code =
                new SagaCommand("127.0.0.1:1", wire, new PrintStream(printed), complaints::add)
                        .run(List.of("list"));

        assertThat(code).isEqualTo(1);
        assertThat(complaints).singleElement().asString().contains("ops/brigade up");
    }

    private ConsumerRecord<byte[], byte[]> sentAgain(String id) {
        List<LogReader.Found> found = new ArrayList<>();
        try (LogReader reader =
                LogReader.open(broker.bootstrapServers(), wire, Duration.ofSeconds(20))) {
            reader.read(
                    reader.partitions(TestingLog.TOPIC),
                    Optional.empty(),
                    record -> new String(record.key(), StandardCharsets.UTF_8).equals(id),
                    found::add);
        }
        return found.getLast().raw();
    }

    private int run(String... arguments) throws InterruptedException {
        printed.reset();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new SagaCommand(broker.bootstrapServers(), wire, out, complaints::add)
                .run(List.of(arguments));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Writes a request's records where the system would. */
    private void write(String id, TestingLog log) throws Exception {
        int home = ReplyPartition.ofKey(id, PARTITIONS);
        for (LogEntry entry : log.entries()) {
            SpecificRecord value = entry.value().orElseThrow();
            int partition =
                    value instanceof Reply
                            ? ReplyPartition.of(id, Optional.empty(), PARTITIONS)
                            : home;
            send(entry.topic(), partition, id, value, null);
        }
    }

    private void send(
            String topic,
            int partition,
            String key,
            SpecificRecord value,
            @Nullable String replyTopic)
            throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, partition, key, wire.encode(value));
        if (replyTopic != null) {
            record.headers()
                    .add(HeaderNames.REPLY_TOPIC, utf8(replyTopic))
                    .add(
                            HeaderNames.REPLY_PARTITION,
                            ByteBuffer.allocate(Integer.BYTES).putInt(0).array());
        }
        producer.send(record).get(20, TimeUnit.SECONDS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
