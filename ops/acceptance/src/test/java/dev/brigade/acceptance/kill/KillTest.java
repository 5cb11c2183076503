package dev.brigade.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.acceptance.spine.CollectingListener;
import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.Program;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestModels;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.StreamHandle;
import dev.brigade.contract.reply.TextDigest;
import dev.brigade.contract.topic.Topics;
import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Real processes die by SIGKILL in the middle of generations; the log then shows what the
 * guarantees promise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@Order(1) // the longest of all, so that no other waits for it in the end
final class KillTest {

    private static final int STREAMS = 3;
    private static final String MODEL = "novelist";
    private static final int LINES = 40;
    private static final String NOVEL =
            IntStream.rangeClosed(1, LINES)
                    .mapToObj(line -> "This is line %03d.\n".formatted(line))
                    .collect(Collectors.joining());

    private final Opened opened = new Opened();
    private BrokerProcess broker;
    private TestSystem system;
    private BrigadeClient client;

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty("kill");
        broker = BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka")));
        opened.add(() -> broker.close());
        TestModels models =
                new TestModels()
                        .with(
                                MODEL,
                                "primary",
                                4096,
                                STREAMS,
                                ScriptedModel.saying(NOVEL).slowedBy(5));
        system = opened.add(TestSystem.on(broker.bootstrapServers(), folder, models));
        system.startAll();
        client = BrigadeClient.open(ClientSettings.of(broker.bootstrapServers()));
        opened.add(() -> client.close());
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void anEngineThatIsKilledIsStartedAgainAndItsRequestsAreAnswered() throws Exception {
        Streams streams = new Streams();
        ProcessHandle engine = engine(system.worker("worker-1"));

        engine.destroyForcibly();

        streams.awaitWholeAndUnmixed(2);
        assertThat(system.worker("worker-1").process().isAlive()).isTrue();
    }

    @Test
    void aWorkerThatIsKilledLeavesItsJobsToAnother() throws Exception {
        Program other = system.worker("worker-2").start().awaitReady();
        Streams streams = new Streams();

        system.worker("worker-1").kill();

        streams.awaitWholeAndUnmixed(1);
        system.worker("worker-1").start().awaitReady();
        other.close();
    }

    @Test
    void aDispatcherThatIsKilledGoesOnWhereItsLogEnds() throws Exception {
        Streams streams = new Streams();

        system.dispatcher().kill();
        Streams late = new Streams(false);
        system.dispatcher().start();

        streams.awaitWholeAndUnmixed(1);
        late.awaitWholeAndUnmixed(1);
    }

    @Test
    void whatWasAcceptedIsAnsweredAfterEverythingWasKilled() throws Exception {
        Streams streams = new Streams();
        Streams queued = new Streams(false);
        queued.awaitSent();

        system.rest().kill();
        system.worker("worker-1").kill();
        system.dispatcher().kill();
        broker.kill();
        client.close();
        broker = BrokerProcess.start(broker.settings());
        system.startAll();
        client = BrigadeClient.open(ClientSettings.of(broker.bootstrapServers()));

        streams.awaitTerminals();
        queued.awaitTerminals();
    }

    @Test
    void aStreamGoesOnThroughAnotherRestAdapterWhenItsOwnIsKilled() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<java.io.InputStream> stream =
                http.send(
                        HttpRequest.newBuilder(system.restUrl().resolve("/v1/chat/completions"))
                                .header("Content-Type", "application/json")
                                .timeout(Duration.ofSeconds(60))
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                """
                                                {"model":"novelist","stream":true,
                                                 "messages":[{"role":"user","content":"write"}]}
                                                """))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        String id = stream.headers().firstValue("x-request-id").orElseThrow();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        assertThat(lines.lines().filter(line -> line.startsWith("data: ")).findFirst()).isPresent();

        system.rest().kill();
        system.rest().start().awaitReady();

        CollectingListener whole = new CollectingListener();
        client.follow(id, 0, whole).answer().get(90, TimeUnit.SECONDS);
        assertThat(whole.text()).isEqualTo(NOVEL);
        URI resume = system.restUrl().resolve("/v1/requests/" + id + "/stream?starting_after=0");
        HttpResponse<String> resumed =
                http.send(
                        HttpRequest.newBuilder(resume).timeout(Duration.ofSeconds(60)).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(resumed.statusCode()).isEqualTo(200);
        assertThat(resumed.body())
                .contains("This is line %03d.".formatted(LINES))
                .endsWith("data: [DONE]\n\n");
        try (RecordLog log = new RecordLog(broker.bootstrapServers())) {
            assertOneTerminalAndGapFreeChunks(log, id);
        }
    }

    private static ProcessHandle engine(Program worker) {
        return worker.process()
                .descendants()
                .filter(child -> child.info().arguments().map(KillTest::isEngine).orElse(false))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the worker has no engine process"));
    }

    private static boolean isEngine(String[] arguments) {
        return String.join(" ", arguments).contains("EngineMain");
    }

    private static void assertOneTerminalAndGapFreeChunks(RecordLog log, String requestId) {
        Reply reply = log.awaitReply(requestId);
        assertThat(log.replies(requestId)).hasSize(1);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(reply.getText()).isEqualTo(NOVEL);
        assertThat(reply.getDigest()).isEqualTo(TextDigest.of(NOVEL));
        Map<Epoch, StringBuilder> texts = new LinkedHashMap<>();
        Map<Epoch, Integer> next = new LinkedHashMap<>();
        for (Chunk chunk : log.chunks(requestId)) {
            Epoch epoch = chunk.getEpoch();
            assertThat(chunk.getSeq()).isEqualTo(next.getOrDefault(epoch, 0));
            next.put(epoch, chunk.getSeq() + 1);
            texts.computeIfAbsent(epoch, e -> new StringBuilder()).append(chunk.getText());
        }
        texts.values().forEach(text -> assertThat(NOVEL).startsWith(text.toString()));
        assertThat(texts.get(reply.getEpoch())).hasToString(NOVEL);
        assertThat(next.get(reply.getEpoch())).isEqualTo(reply.getLastSeq() + 1);
    }

    /** As many streams as the model has slots, all begun. */
    private final class Streams {

        private final List<CollectingListener> listeners = new ArrayList<>();
        private final List<StreamHandle> handles = new ArrayList<>();

        Streams() {
            this(true);
        }

        Streams(boolean begun) {
            for (int i = 0; i < STREAMS; i++) {
                CollectingListener listener = new CollectingListener();
                listeners.add(listener);
                handles.add(
                        client.stream(
                                ChatRequest.builder()
                                        .model(MODEL)
                                        .user("write")
                                        .deadline(Duration.ofMinutes(3))
                                        .build(),
                                listener));
            }
            if (begun) {
                listeners.forEach(CollectingListener::awaitText);
            }
        }

        /** Waits until the log has the requests. */
        void awaitSent() {
            try (RecordLog log = new RecordLog(broker.bootstrapServers())) {
                for (StreamHandle handle : handles) {
                    log.awaitRecord(Topics.REQUESTS, r -> handle.requestId().equals(r.key()));
                }
            }
        }

        /** Waits for the terminals in the log, whatever became of those who asked. */
        void awaitTerminals() {
            try (RecordLog log = new RecordLog(broker.bootstrapServers())) {
                handles.forEach(
                        handle -> assertOneTerminalAndGapFreeChunks(log, handle.requestId()));
            }
        }

        void awaitWholeAndUnmixed(int leastDispatch) throws Exception {
            try (RecordLog log = new RecordLog(broker.bootstrapServers())) {
                for (int i = 0; i < STREAMS; i++) {
                    Answer answer = handles.get(i).answer().get(150, TimeUnit.SECONDS);
                    assertThat(listeners.get(i).text()).isEqualTo(NOVEL);
                    assertThat(answer.reply().getEpoch().getDispatch())
                            .isGreaterThanOrEqualTo(leastDispatch);
                    assertOneTerminalAndGapFreeChunks(log, answer.requestId());
                }
            }
        }
    }
}
