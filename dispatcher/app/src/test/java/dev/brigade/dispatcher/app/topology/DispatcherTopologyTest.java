package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.RoutingConfig;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingPolicy;
import dev.brigade.dispatcher.saga.Limits;
import dev.brigade.dispatcher.saga.RequestMachine;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptRef;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.Message;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.SlotsChanged;
import dev.brigade.schema.Timings;
import dev.brigade.schema.Usage;
import dev.brigade.schema.UsageRecord;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processors with their stores, without a broker: what goes in and what comes out. */
final class DispatcherTopologyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Epoch FIRST = new Epoch(1, 1, "attempt-1");

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());

    @TempDir Path stateDir;

    private Admin admin;
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        // Never asked: every test replies to the default topic or to one that is closed to replies.
        admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:1"));
        RoutingConfig routing = RoutingConfig.read(Path.of("../../config/routing.yaml"));
        RequestMachine machine =
                new RequestMachine(new Router(routing, RoutingPolicy.leastBusy()), Limits.DEFAULTS);
        DispatcherTopology topology =
                new DispatcherTopology(
                        wire,
                        machine,
                        new ReplyTopics(admin, 1, Clock.systemUTC()),
                        new DispatcherTopology.Settings(
                                1,
                                Duration.ofMinutes(2),
                                Duration.ofHours(24),
                                QueueLimits.DEFAULTS));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(topology.build(), properties, START);
        send(
                Topics.MODELS,
                "m1",
                new ModelDescription(
                        "m1",
                        "llama",
                        List.of("primary"),
                        List.of("chat", "completion"),
                        1024,
                        1L,
                        null,
                        null,
                        null,
                        0L));
        send(
                Topics.WORKERS,
                "w1",
                new WorkerStatus(
                        "w1",
                        "host",
                        0L,
                        0L,
                        3_600_000L,
                        List.of(new WorkerModel("m1", ModelState.READY, null, 1, 0, 100, null)),
                        1L,
                        1L,
                        null));
        send(Topics.QUEUE, "m1", new QueueEvent("m1", new SlotsChanged("w1", 1, 3_600_000L)));
    }

    @AfterEach
    void stop() {
        driver.close();
        admin.close(Duration.ZERO);
    }

    @Test
    void aRequestBecomesAJobAndItsResultTheOneTerminal() {
        send(Topics.REQUESTS, "r1", request());
        Job job = only(Topics.model("m1"), Job.class);
        assertThat(job.getRequestId()).isEqualTo("r1");
        assertThat(job.getBudgetMs()).isBetween(1L, 120_000L);

        send(Topics.EVENTS, "r1", event(job, new AttemptStarted(attempt(job))));
        send(Topics.EVENTS, "r1", event(job, finished(job, "the answer")));
        send(Topics.EVENTS, "r1", event(job, finished(job, "the answer")));

        Reply reply = only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(reply.getText()).isEqualTo("the answer");
        assertThat(reply.getEpoch()).isEqualTo(FIRST);
        assertThat(only(Topics.USAGE, UsageRecord.class).getUsage().getCompletionTokens())
                .isEqualTo(2);
    }

    @Test
    void theSecondJobWaitsUntilTheFirstIsDone() {
        send(Topics.REQUESTS, "r1", request());
        send(Topics.REQUESTS, "r2", request());
        Job first = only(Topics.model("m1"), Job.class);

        send(Topics.QUEUE, "m1", new QueueEvent("m1", new JobDone(first.getJobId())));

        assertThat(only(Topics.model("m1"), Job.class).getRequestId()).isEqualTo("r2");
    }

    @Test
    void aRequestOutOfTimeExpiresAndItsWorkerIsTold() {
        send(Topics.REQUESTS, "r1", request());
        Job job = only(Topics.model("m1"), Job.class);
        send(Topics.EVENTS, "r1", event(job, new AttemptStarted(attempt(job))));

        driver.advanceWallClockTime(Duration.ofSeconds(40));
        assertThat(records(Topics.REPLIES)).isEmpty();
        send(Topics.EVENTS, "r1", event(job, new AttemptStarted(attempt(job))));
        driver.advanceWallClockTime(Duration.ofSeconds(81));

        assertThat(only(Topics.REPLIES, Reply.class).getStatus()).isEqualTo(ReplyStatus.EXPIRED);
        assertThat(only(Topics.CONTROL, ControlCommand.class).getCommand()).isNotNull();
    }

    @Test
    void anAttemptWithoutASignOfLifeIsDispatchedAgain() {
        send(Topics.REQUESTS, "r1", request());
        assertThat(only(Topics.model("m1"), Job.class).getDispatch()).isEqualTo(1);

        driver.advanceWallClockTime(Duration.ofSeconds(46));

        assertThat(only(Topics.model("m1"), Job.class).getDispatch()).isEqualTo(2);
    }

    @Test
    void aCancelledRequestEndsAtOnceAndASecondCancelSaysNothing() {
        send(Topics.REQUESTS, "r1", request());
        send(Topics.REQUESTS, "r1", new CancelRequest(null));
        send(Topics.REQUESTS, "r1", new CancelRequest(null));

        assertThat(only(Topics.REPLIES, Reply.class).getStatus()).isEqualTo(ReplyStatus.CANCELLED);
    }

    @Test
    void undecodableBytesAreKeptUntouchedAndRejected() {
        byte[] garbage = {0, 0, 0, 0, 99, 1, 2};
        raw(Topics.REQUESTS, "bad", garbage);

        Reply reply = only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.REJECTED);
        assertThat(reply.getError().getCode()).isEqualTo("unknown_schema");
        TestRecord<String, byte[]> letter = records(Topics.DEAD_LETTERS).getFirst();
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(text(letter, HeaderNames.REASON)).isEqualTo("unknown_schema");
        assertThat(text(letter, HeaderNames.DLT_ORIGINAL_TOPIC)).isEqualTo(Topics.REQUESTS);
    }

    @Test
    void anUndecodableRecordWithAnOpenRequestsKeyDoesNotEndThatRequest() {
        send(Topics.REQUESTS, "r1", request());
        raw(Topics.REQUESTS, "r1", new byte[] {1});

        assertThat(records(Topics.REPLIES)).isEmpty();
        assertThat(records(Topics.DEAD_LETTERS)).hasSize(1);
    }

    @Test
    void aRecordWithoutAKeyGetsAnIdMadeOfItsPlace() {
        raw(Topics.REQUESTS, null, wire.encode(request()));

        assertThat(only(Topics.model("m1"), Job.class).getRequestId())
                .startsWith("r-inference.requests-0-");
    }

    @Test
    void aTopicOfTheSystemIsNoReplyTopic() {
        input(Topics.REQUESTS)
                .pipeInput(
                        new TestRecord<>(
                                "r1",
                                wire.encode(request()),
                                new org.apache.kafka.common.header.internals.RecordHeaders()
                                        .add(
                                                HeaderNames.REPLY_TOPIC,
                                                Topics.QUEUE.getBytes(StandardCharsets.UTF_8)),
                                START));

        Reply reply = only(Topics.REPLIES, Reply.class);
        assertThat(reply.getError().getParam()).isEqualTo(HeaderNames.REPLY_TOPIC);
        assertThat(records(Topics.model("m1"))).isEmpty();
    }

    @Test
    void aKindOfInputWithoutAPlanIsRejectedByName() {
        InferenceRequest image =
                InferenceRequest.newBuilder(request())
                        .setInput(new ImageInput(null, "picture.png", null))
                        .build();
        send(Topics.REQUESTS, "r1", image);

        assertThat(only(Topics.REPLIES, Reply.class).getError().getCode())
                .isEqualTo("unsupported_task");
    }

    @Test
    void theSecondRequestWithAnIdempotencyKeyIsPointedToTheFirst() {
        InferenceRequest keyed =
                InferenceRequest.newBuilder(request()).setIdempotencyKey("order-1").build();
        send(Topics.REQUESTS, "r1", keyed);
        send(Topics.REQUESTS, "r2", keyed);
        InferenceRequest otherTenant =
                InferenceRequest.newBuilder(keyed).setTenant("other").build();
        send(Topics.REQUESTS, "r3", otherTenant);

        Reply reply = only(Topics.REPLIES, Reply.class);
        assertThat(reply.getRequestId()).isEqualTo("r2");
        assertThat(reply.getError().getCode()).isEqualTo("duplicate_request");
        assertThat(reply.getOriginalRequestId()).isEqualTo("r1");
    }

    @Test
    void anIdempotencyKeyIsFreeAgainAfterADay() {
        InferenceRequest keyed =
                InferenceRequest.newBuilder(request()).setIdempotencyKey("order-1").build();
        send(Topics.REQUESTS, "r1", keyed);
        driver.advanceWallClockTime(Duration.ofHours(25));
        records(Topics.REPLIES);
        input(Topics.REQUESTS)
                .pipeInput("r2", wire.encode(keyed), START.plus(Duration.ofHours(25)));

        assertThat(records(Topics.REPLIES)).isEmpty();
    }

    private static InferenceRequest request() {
        return InferenceRequest.newBuilder()
                .setInput(new ChatInput(List.of(new Message("user", "hello", null))))
                .build();
    }

    private static AttemptRef attempt(Job job) {
        return new AttemptRef(
                job.getRequestId(), job.getStage(), job.getJobId(), FIRST, "w1", job.getModel());
    }

    private static AttemptFinished finished(Job job, String text) {
        return new AttemptFinished(
                attempt(job), text, "stop", new Usage(3, 2), new Timings(0L, 1L, 2L), 0, "digest");
    }

    private static InferenceEvent event(Job job, Object event) {
        return new InferenceEvent(job.getRequestId(), 0L, event);
    }

    private void send(String topic, String key, SpecificRecord value) {
        raw(topic, key, wire.encode(value));
    }

    private void raw(String topic, @Nullable String key, byte[] value) {
        input(topic).pipeInput(key, value, START);
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private <T extends SpecificRecord> T only(String topic, Class<T> kind) {
        List<TestRecord<String, byte[]>> records = records(topic);
        assertThat(records).as("records of %s", topic).hasSize(1);
        try {
            return wire.decode(records.getFirst().value(), kind);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private List<TestRecord<String, byte[]>> records(String topic) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String text(TestRecord<String, byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
