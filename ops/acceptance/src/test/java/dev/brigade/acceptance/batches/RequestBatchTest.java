package dev.brigade.acceptance.batches;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.batches.BatchCreateParams.Endpoint;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestModels;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.schema.Job;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's files and batches over a real broker, also when the REST adapter dies in the middle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class RequestBatchTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EMBEDDER = "brigade-demo-embedding";
    private static final String SLOW = "- {tokens_per_second: 60}\n";
    private static final int LINES = 40;

    private final Opened opened = new Opened();
    private BrokerProcess broker;
    private TestSystem system;
    private OpenAIClient openai;

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty("request-batches");
        broker = opened.add(BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka"))));
        system =
                opened.add(
                        TestSystem.on(
                                        broker.bootstrapServers(),
                                        folder,
                                        new TestModels()
                                                .deterministic("teller", "primary", 4096, 2, SLOW)
                                                .shipped(EMBEDDER, "embedding"))
                                .with("INFERENCE_PAYLOADS", folder.resolve("payloads").toString()));
        system.startAll();
        openai =
                OpenAIOkHttpClient.builder()
                        .baseUrl(system.restUrl() + "/v1")
                        .apiKey("none")
                        .maxRetries(0)
                        .build();
        opened.add(openai::close);
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void chatsAreAnsweredOnceEachThoughTheAdapterIsKilledInTheMiddle() {
        Batch made = create(chats(), Endpoint.V1_CHAT_COMPLETIONS);
        await(made.id(), batch -> completed(batch) >= 5);

        system.rest().kill();
        system.rest().start().awaitReady();

        Batch done = await(made.id(), batch -> !isOpen(batch));
        assertThat(done.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(completed(done)).isEqualTo(LINES);
        assertThat(done.errorFileId()).isEmpty();
        assertThat(lines(done))
                .extracting(line -> line.get("custom_id").asString(""))
                .containsExactlyElementsOf(
                        IntStream.range(0, LINES).mapToObj(i -> "line-" + i).toList());
        assertThat(lines(done))
                .allMatch(line ->
                        !line.at("/response/body/choices/0/message/content")
                                .asString("")
                                .isEmpty());
        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            List<Job> jobs = log.jobs("teller");
            assertThat(jobs).as("each line was computed once").hasSize(LINES);
        }
    }

    @Test
    void embeddingsAreThoseOfTheUrl() {
        String file =
                line("a", "/v1/embeddings", "{\"model\":\"%s\",\"input\":\"Kafka is a log\"}")
                        + line("b", "/v1/embeddings", "{\"model\":\"%s\",\"input\":[\"x\",\"y\"]}");
        Batch done =
                await(
                        create(file.replace("%s", EMBEDDER), Endpoint.V1_EMBEDDINGS).id(),
                        batch -> !isOpen(batch));
        assertThat(done.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(lines(done))
                .extracting(line -> line.at("/response/body/data").size())
                .containsExactly(1, 2);
    }

    private Batch create(String file, Endpoint endpoint) {
        String input =
                openai.files()
                        .create(
                                FileCreateParams.builder()
                                        .file(file.getBytes(UTF_8))
                                        .purpose(FilePurpose.BATCH)
                                        .build())
                        .id();
        return openai.batches()
                .create(
                        BatchCreateParams.builder()
                                .inputFileId(input)
                                .endpoint(endpoint)
                                .completionWindow(BatchCreateParams.CompletionWindow._24H)
                                .build());
    }

    private Batch await(String id, Predicate<Batch> fits) {
        return Awaitility.await("batch " + id)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> find(id), found -> found.filter(fits).isPresent())
                .orElseThrow();
    }

    /** Empty while an adapter that has just been started has not read the batches yet. */
    private Optional<Batch> find(String id) {
        try {
            return Optional.of(openai.batches().retrieve(id));
        } catch (OpenAIException e) {
            return Optional.empty();
        }
    }

    private static boolean isOpen(Batch batch) {
        return Set.of(
                        Batch.Status.VALIDATING,
                        Batch.Status.IN_PROGRESS,
                        Batch.Status.FINALIZING,
                        Batch.Status.CANCELLING)
                .contains(batch.status());
    }

    private static long completed(Batch batch) {
        return batch.requestCounts().orElseThrow().completed();
    }

    private List<JsonNode> lines(Batch done) {
        try (HttpResponse content = openai.files().content(done.outputFileId().orElseThrow())) {
            return new String(content.body().readAllBytes(), UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String chats() {
        return IntStream.range(0, LINES)
                .mapToObj(i ->
                        line(
                                "line-" + i,
                                "/v1/chat/completions",
                                """
                                {"model":"teller","max_tokens":20,\
                                "messages":[{"role":"user","content":"say %d"}]}\
                                """
                                        .formatted(i)))
                .collect(Collectors.joining());
    }

    private static String line(String id, String url, String body) {
        return "{\"custom_id\":\""
                + id
                + "\",\"method\":\"POST\",\"url\":\""
                + url
                + "\",\"body\":"
                + body
                + "}\n";
    }
}
