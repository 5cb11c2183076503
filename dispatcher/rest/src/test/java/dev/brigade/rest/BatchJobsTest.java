package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponse;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.ledger.TestingLedger;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches of requests, from the upload to the files of their end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchJobsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WINDOW = 8;

    private final TestingLedger ledger = new TestingLedger();
    private final TestingLedger.View view = ledger.view();
    private Path folder;
    private TestServer server;
    private OpenAIClient openai;

    @BeforeAll
    void start(@TempDir Path payloads) {
        folder = payloads;
        server = newServer(view, TestingClient.answering());
        openai = server.openai();
    }

    @AfterAll
    void stop() {
        openai.close();
        server.close();
    }

    /** Another server may have taken the turn. */
    @BeforeEach
    void begin() {
        view.takeTurn();
        server.client.forget();
    }

    private TestServer newServer(TestingLedger.View its, TestingClient.Script script) {
        return TestServer.sharing(
                        its,
                        script,
                        "brigade.payloads=" + folder,
                        "brigade.rest.batches.window=" + WINDOW,
                        "brigade.rest.batches.pause=1ms",
                        "brigade.rest.batches.look=20ms")
                .connected();
    }

    @Test
    void theOfficialClientGetsAnAnswerToEveryLineInTheirOrder() {
        server.client.script = BatchJobsTest::echo;
        Batch made = create(chats(20), BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS);
        assertThat(made.status()).isEqualTo(Batch.Status.VALIDATING);
        Batch done = ended(made.id());
        assertThat(done.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(done.requestCounts().orElseThrow().total()).isEqualTo(20);
        assertThat(done.requestCounts().orElseThrow().completed()).isEqualTo(20);
        assertThat(done.errorFileId()).isEmpty();
        assertThat(done.inProgressAt()).isPresent();
        assertThat(done.finalizingAt()).isPresent();
        assertThat(done.completedAt()).isPresent();
        List<JsonNode> lines = lines(done.outputFileId().orElseThrow());
        assertThat(lines)
                .extracting(line -> line.get("custom_id").stringValue())
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "line-" + i).toList());
        JsonNode line = lines.get(7);
        assertThat(line.get("error").isNull()).isTrue();
        assertThat(line.at("/response/status_code").intValue()).isEqualTo(200);
        assertThat(line.at("/response/request_id").stringValue())
                .isEqualTo(TestingClient.REQUEST_ID);
        assertThat(line.at("/response/body/object").stringValue()).isEqualTo("chat.completion");
        assertThat(line.at("/response/body/choices/0/message/content").stringValue())
                .isEqualTo("say 7");
        assertThat(openai.batches().list().data()).contains(done);
    }

    @Test
    void aLineIsALowRequestWithAKeyOfItsOwnAndTheBatchsTime() {
        Batch made =
                create(
                        chat("a", "") + chat("b", ",\"priority\":\"high\",\"deadline_ms\":500"),
                        BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS);
        ended(made.id());
        InferenceRequest first = sent("batch/%s/1".formatted(made.id()));
        assertThat(first.getPriority()).isEqualTo(Priority.LOW);
        assertThat(first.getDeadlineMs()).isEqualTo(Duration.ofHours(24).toMillis());
        assertThat(first.getModel()).isEqualTo("tiny");
        assertThat(first.getInput()).isInstanceOf(ChatInput.class);
        InferenceRequest second = sent("batch/%s/2".formatted(made.id()));
        assertThat(second.getPriority()).isEqualTo(Priority.HIGH);
        assertThat(second.getDeadlineMs()).isEqualTo(500);
    }

    @Test
    void completionsAndEmbeddingsAreCalledAsByTheirUrls() {
        server.client.script =
                request -> {
                    switch (request.sent().getInput()) {
                        case CompletionInput input -> {
                            request.say(input.getPrompt() + "!");
                            request.done();
                        }
                        case EmbeddingInput _ ->
                                request.done(new Embeddings(1, 1, ByteBuffer.allocate(4), null));
                        default -> throw new IllegalStateException();
                    }
                };
        Batch text =
                create(
                        line("a", "/v1/completions", "{\"model\":\"tiny\",\"prompt\":\"hi\"}"),
                        BatchCreateParams.Endpoint.V1_COMPLETIONS);
        Batch vectors =
                create(
                        line("a", "/v1/embeddings", "{\"model\":\"e5\",\"input\":\"hi\"}"),
                        BatchCreateParams.Endpoint.V1_EMBEDDINGS);
        assertThat(output(text).at("/response/body/choices/0/text").stringValue()).isEqualTo("hi!");
        assertThat(output(vectors).at("/response/body/data/0/embedding/0").doubleValue()).isZero();
    }

    @Test
    void linesThatFailStandInTheErrorFile() {
        server.client.script =
                request -> {
                    if (text(request.sent()).equals("say 1")) {
                        request.fail(ErrorCode.CONTEXT_LENGTH_EXCEEDED, "messages", "too long");
                    } else {
                        echo(request);
                    }
                };
        Batch done =
                ended(
                        create(
                                        chats(3) + chat("bad", ",\"temperature\":7"),
                                        BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                                .id());
        assertThat(done.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(done.requestCounts().orElseThrow().completed()).isEqualTo(2);
        assertThat(done.requestCounts().orElseThrow().failed()).isEqualTo(2);
        assertThat(lines(done.outputFileId().orElseThrow())).hasSize(2);
        List<JsonNode> errors = lines(done.errorFileId().orElseThrow());
        assertThat(errors.get(0).get("custom_id").stringValue()).isEqualTo("line-1");
        assertThat(errors.get(0).at("/response/status_code").intValue()).isEqualTo(400);
        assertThat(errors.get(0).at("/response/body/error/code").stringValue())
                .isEqualTo("context_length_exceeded");
        assertThat(errors.get(1).at("/response/body/error/param").stringValue())
                .isEqualTo("temperature");
    }

    @Test
    void aBadFileFailsTheBatchAndSendsNothing() {
        Batch failed =
                ended(
                        create(
                                        chat("a", "") + chat("a", ""),
                                        BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                                .id());
        assertThat(failed.status()).isEqualTo(Batch.Status.FAILED);
        assertThat(failed.failedAt()).isPresent();
        var error = failed.errors().orElseThrow().data().orElseThrow().getFirst();
        assertThat(error.code()).contains("duplicate_custom_id");
        assertThat(error.line()).contains(2L);
        assertThat(server.client.submitted).isEmpty();
    }

    @Test
    void aFullQueueIsWaitedForUnderANewKey() {
        AtomicInteger refused = new AtomicInteger();
        server.client.script =
                request -> {
                    if (refused.incrementAndGet() <= 3) {
                        request.refuse(ErrorCode.QUEUE_FULL);
                    } else {
                        echo(request);
                    }
                };
        Batch done = ended(create(chats(1), BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS).id());
        assertThat(done.requestCounts().orElseThrow().completed()).isEqualTo(1);
        assertThat(server.client.submitted)
                .extracting(InferenceRequest::getIdempotencyKey)
                .containsExactly(
                        "batch/%s/1".formatted(done.id()),
                        "batch/%s/1/2".formatted(done.id()),
                        "batch/%s/1/3".formatted(done.id()),
                        "batch/%s/1/4".formatted(done.id()));
    }

    @Test
    void asManyLinesAsTheWindowAreUnderWayAndNoMore() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(WINDOW);
        server.client.script =
                request -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    first.countDown();
                    first.await();
                    underWay.decrementAndGet();
                    echo(request);
                };
        Batch done = ended(create(chats(600), BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS).id());
        assertThat(done.requestCounts().orElseThrow().completed()).isEqualTo(600);
        assertThat(most.get()).isEqualTo(WINDOW);
        assertThat(lines(done.outputFileId().orElseThrow())).hasSize(600);
    }

    @Test
    void anotherInstanceGoesOnAndSendsNoFinishedLineAgain() {
        Semaphore answers = new Semaphore(10);
        server.client.script =
                request -> {
                    answers.acquire();
                    echo(request);
                };
        String id = create(chats(30), BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS).id();
        await().until(() -> completed(id) == 10);
        Set<String> finished =
                server.client.submitted.stream()
                        .map(InferenceRequest::getIdempotencyKey)
                        .collect(Collectors.toCollection(HashSet::new));
        try (TestServer next = newServer(ledger.view().takeTurn(), BatchJobsTest::echo)) {
            OpenAIClient client = next.openai();
            Batch done =
                    await().until(
                                    () -> client.batches().retrieve(id),
                                    batch -> batch.status().equals(Batch.Status.COMPLETED));
            assertThat(done.requestCounts().orElseThrow().completed()).isEqualTo(30);
            assertThat(next.client.submitted).hasSize(20);
            // What was under way is sent again under its key, and what was finished is not.
            Set<String> again =
                    next.client.submitted.stream()
                            .map(InferenceRequest::getIdempotencyKey)
                            .collect(Collectors.toSet());
            assertThat(again).hasSize(20);
            again.retainAll(finished);
            assertThat(again).hasSize(finished.size() - 10);
            assertThat(server.client.cancelled).isEmpty();
            assertThat(lines(done.outputFileId().orElseThrow()))
                    .extracting(line -> line.get("custom_id").stringValue())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 30).mapToObj(i -> "line-" + i).toList());
        }
        answers.release(100);
    }

    @Test
    void aCancelReachesTheLinesUnderWayAndKeepsWhatIsDone() {
        Semaphore answers = new Semaphore(5);
        server.client.script = request -> echoOrWait(request, answers);
        String id = create(chats(40), BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS).id();
        await().until(() -> completed(id) == 5 && server.client.submitted.size() == 5 + WINDOW);
        Batch wished = openai.batches().cancel(id);
        assertThat(wished.status()).isIn(Batch.Status.CANCELLING, Batch.Status.CANCELLED);
        Batch done = ended(id);
        assertThat(done.status()).isEqualTo(Batch.Status.CANCELLED);
        assertThat(done.cancellingAt()).isPresent();
        assertThat(done.cancelledAt()).isPresent();
        assertThat(server.client.cancelled).hasSize(WINDOW);
        assertThat(server.client.submitted).hasSize(5 + WINDOW);
        assertThat(lines(done.outputFileId().orElseThrow())).hasSize(5);
        assertCodes(done, 35, "batch_cancelled");
        assertThat(openai.batches().cancel(id).status()).isEqualTo(Batch.Status.CANCELLED);
    }

    @Test
    void whatIsLeftWhenTheTimeIsOverIsToldLineByLine() {
        Semaphore answers = new Semaphore(3);
        server.client.script = request -> echoOrWait(request, answers);
        String id = create(chats(20), BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS).id();
        await().until(() -> completed(id) == 3);
        server.clock.pass(Duration.ofHours(24).minusMillis(1));
        assertThat(openai.batches().retrieve(id).status()).isEqualTo(Batch.Status.IN_PROGRESS);
        server.clock.pass(Duration.ofMillis(1));
        Batch done = ended(id);
        assertThat(done.status()).isEqualTo(Batch.Status.EXPIRED);
        assertThat(done.expiredAt()).isPresent();
        assertThat(lines(done.outputFileId().orElseThrow())).hasSize(3);
        assertCodes(done, 17, "batch_expired");
    }

    @Test
    void aDeletedInputFileStopsNoBatch() {
        Semaphore answers = new Semaphore(0);
        server.client.script =
                request -> {
                    answers.acquire();
                    echo(request);
                };
        Batch made = create(chats(3), BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS);
        openai.files().delete(made.inputFileId());
        answers.release(3);
        assertThat(ended(made.id()).requestCounts().orElseThrow().completed()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"endpoint\":\"/v1/models\"}|endpoint|invalid_request",
                "{\"endpoint\":\"/v1/completions\"}|completion_window|invalid_request",
                "{\"endpoint\":\"/v1/completions\",\"completion_window\":\"1h\"}|completion_window|invalid_request",
                "{\"endpoint\":\"/v1/completions\",\"completion_window\":\"24h\"}|input_file_id|invalid_request",
                "{\"endpoint\":\"/v1/completions\",\"completion_window\":\"24h\",\"input_file_id\":\"x\"}||file_not_found",
                "{\"endpoint\":\"/v1/completions\",\"completion_window\":\"24h\",\"input_file_id\":\"x\",\"n\":1}|n|unsupported_field",
                "{\"endpoint\":\"/v1/completions\",\"completion_window\":\"24h\",\"metadata\":{\"a\":1}}|metadata.a|invalid_request"
            })
    void aBadBodyIsRefusedByTheNameOfItsField(String body, String param, String code) {
        JsonNode error = TestServer.json(server.post("/v1/batches", body)).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("param").isNull() ? null : error.get("param").stringValue())
                .isEqualTo(param);
    }

    @Test
    void aBatchThatIsNotThereIsNotFound() {
        assertThat(server.get("/v1/batches/batch_x").statusCode()).isEqualTo(404);
        assertThat(server.post("/v1/batches/batch_x/cancel", "").statusCode()).isEqualTo(404);
    }

    private void assertCodes(Batch done, int count, String code) {
        List<JsonNode> errors = lines(done.errorFileId().orElseThrow());
        assertThat(errors).hasSize(count);
        assertThat(errors)
                .allMatch(line -> line.get("response").isNull())
                .allMatch(line -> line.at("/error/code").stringValue().equals(code));
        assertThat(done.requestCounts().orElseThrow().failed()).isEqualTo(count);
    }

    private Batch create(String file, BatchCreateParams.Endpoint endpoint) {
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

    private Batch ended(String id) {
        Set<Batch.Status> open =
                Set.of(
                        Batch.Status.VALIDATING,
                        Batch.Status.IN_PROGRESS,
                        Batch.Status.FINALIZING,
                        Batch.Status.CANCELLING);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> openai.batches().retrieve(id),
                        batch -> !open.contains(batch.status()));
    }

    private long completed(String id) {
        return openai.batches().retrieve(id).requestCounts().orElseThrow().completed();
    }

    private JsonNode output(Batch made) {
        return lines(ended(made.id()).outputFileId().orElseThrow()).getFirst();
    }

    private List<JsonNode> lines(String fileId) {
        try (HttpResponse content = openai.files().content(fileId)) {
            String text = new String(content.body().readAllBytes(), UTF_8);
            return text.lines().map(JSON::readTree).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private InferenceRequest sent(String key) {
        return server.client.submitted.stream()
                .filter(request -> key.equals(request.getIdempotencyKey()))
                .findFirst()
                .orElseThrow();
    }

    /** Echoes so many; the others wait until they are left. */
    private static void echoOrWait(TestingRequest request, Semaphore echoes)
            throws InterruptedException {
        if (echoes.tryAcquire()) {
            echo(request);
        } else {
            request.awaitLeft();
            request.fail(ErrorCode.CANCELLED, "cancelled");
        }
    }

    private static void echo(TestingRequest request) {
        request.start();
        request.say(text(request.sent()));
        request.done();
    }

    private static String text(InferenceRequest request) {
        return ((ChatInput) request.getInput()).getMessages().getFirst().getContent();
    }

    private static String chats(int count) {
        IntFunction<String> each =
                i ->
                        line(
                                "line-" + i,
                                "/v1/chat/completions",
                                "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"say %d\"}]}"
                                        .formatted(i));
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining());
    }

    private static String chat(String id, String fields) {
        return line(
                id,
                "/v1/chat/completions",
                "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}"
                        .formatted(fields));
    }

    private static String line(String id, String url, String body) {
        return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":%s}\n"
                .formatted(id, url, body);
    }
}
