package dev.brigade.worker.remote;

import static dev.brigade.worker.remote.TestingServer.broken;
import static dev.brigade.worker.remote.TestingServer.events;
import static dev.brigade.worker.remote.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.config.EmbeddingOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.LoadedModel.Health;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.Picture;
import dev.brigade.worker.backend.TextModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class RemoteTextTest {

    private static final String CHAT = "/chat/completions";
    private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String USAGE =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5}}";
    private static final String DONE = "[DONE]";
    private static final Duration LIMIT = Duration.ofSeconds(50);

    private final List<LoadedModel> loaded = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private TestingServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                new TestingServer().on("/models", json(200, "{\"data\":[{\"id\":\"org/model\"}]}"));
    }

    @AfterEach
    void stop() throws IOException {
        loaded.forEach(LoadedModel::close);
        server.close();
    }

    @Test
    void aChatComesPieceByPieceWithTheServersCount() throws Exception {
        server.on(CHAT, events(delta("Grüße "), delta("🍳!"), STOP, USAGE, DONE));

        Outcome outcome = generate(chat().build());

        assertThat(text).hasToString("Grüße 🍳!");
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Finished.class,
                        finished -> {
                            assertThat(finished.reason()).isEqualTo(Outcome.Reason.STOP);
                            assertThat(finished.usage().promptTokens()).isEqualTo(7);
                            assertThat(finished.usage().completionTokens()).isEqualTo(5);
                            assertThat(finished.usage().firstTokenMs()).isNotNegative();
                        });
    }

    @Test
    void halfACharacterWaitsForItsOtherHalf() throws Exception {
        server.on(CHAT, events(delta("a\\ud83c"), delta("\\udf73b"), STOP, DONE));
        List<String> pieces = new ArrayList<>();

        var outcome =
                model().generate(
                                chat().build(),
                                (piece, tokens) -> pieces.add(piece),
                                new Cancellation(),
                                LIMIT);

        assertThat(outcome).isInstanceOf(Outcome.Finished.class);
        assertThat(pieces).containsExactly("a", "🍳b");
    }

    @Test
    void allThatARequestSaysIsSent() throws Exception {
        server.on(CHAT, events(delta("{}"), STOP, DONE));

        var _ =
                generate(
                        chat().maxTokens(OptionalInt.of(9))
                                .temperature(OptionalDouble.of(0.5))
                                .topP(OptionalDouble.of(0.9))
                                .topK(OptionalInt.of(40))
                                .minP(OptionalDouble.of(0.1))
                                .seed(OptionalLong.of(3))
                                .presencePenalty(OptionalDouble.of(0.2))
                                .frequencyPenalty(OptionalDouble.of(0.3))
                                .repeatPenalty(OptionalDouble.of(1.1))
                                .stop(List.of("END"))
                                .constraint(new Constraint.JsonSchema("{\"type\":\"object\"}"))
                                .build());

        JsonNode sent = server.body(CHAT);
        assertThat(sent)
                .hasToString(
                        """
                        {"model":"org/model","messages":[{"role":"user","content":"hello"}],"max_tokens":9,\
                        "temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.1,"seed":3,"presence_penalty":0.2,\
                        "frequency_penalty":0.3,"repeat_penalty":1.1,"stop":["END"],\
                        "response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,\
                        "schema":{"type":"object"}}},"stream":true,"stream_options":{"include_usage":true}}\
                        """);
        assertThat(server.requests(CHAT).getFirst().headers())
                .containsEntry("authorization", "Bearer " + TestingRemote.KEY)
                .containsEntry("accept", "text/event-stream");
    }

    @Test
    void whatARequestLeavesOpenIsLeftToTheServer() throws Exception {
        server.on(CHAT, events(delta("x"), STOP, DONE));

        var _ = generate(chat().build());

        assertThat(server.body(CHAT).propertyNames())
                .containsOnly("model", "messages", "stream", "stream_options");
    }

    @Test
    void aBudgetOfTokensLimitsTheAnswer() throws Exception {
        server.on(CHAT, events(delta("x"), STOP, DONE));

        var _ = generate(chat().totalTokens(OptionalInt.of(101)).build());

        assertThat(server.body(CHAT).path("max_tokens").intValue()).isEqualTo(100);
    }

    @Test
    void picturesBecomeDataUrls() throws Exception {
        server.on(CHAT, events(delta("x"), STOP, DONE));
        Picture picture = new Picture("image/png", new byte[] {1, 2, (byte) 0xFF});

        var _ =
                generate(
                        GenerationRequest.of(
                                "id",
                                new Prompt.Chat(
                                        List.of(new Message("user", "what?", List.of(picture))))));

        JsonNode content = server.body(CHAT).path("messages").path(0).path("content");
        assertThat(content.path(0).path("image_url").path("url").stringValue())
                .isEqualTo(
                        "data:image/png;base64,"
                                + Base64.getEncoder().encodeToString(picture.bytes()));
        assertThat(content.path(1).path("text").stringValue()).isEqualTo("what?");
        assertThat(model().takesImages()).isFalse();
        assertThat(model("chat", "image_input").takesImages()).isTrue();
    }

    @Test
    void aRawPromptIsContinued() throws Exception {
        server.on(
                "/completions",
                events("{\"choices\":[{\"text\":\" more\",\"finish_reason\":\"length\"}]}", DONE));

        Outcome outcome = generate(GenerationRequest.of("id", new Prompt.Raw("Once")));

        assertThat(text).hasToString(" more");
        assertThat(server.body("/completions").path("prompt").stringValue()).isEqualTo("Once");
        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Finished(
                                Outcome.Reason.LENGTH, ((Outcome.Finished) outcome).usage()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":{\"message\":\"bad hello\",\"param\":\"top_k\"}} | invalid_request | refuses the request (HTTP 400, param top_k)",
                "400 | {\"error\":{\"message\":\"x\",\"code\":\"context_length_exceeded\"}} | context_length_exceeded | cannot hold",
                "400 | {\"object\":\"error\",\"message\":\"This model's maximum context length is 8\"} | context_length_exceeded | cannot hold",
                "422 | {\"error\":\"`inputs` tokens + `max_new_tokens` must be <= 4096\"} | context_length_exceeded | cannot hold",
                "413 | no JSON | request_too_large | takes no request so large (HTTP 413)",
                "401 | {} | engine_error | must check the API key",
                "403 | {} | engine_error | must check the API key",
                "404 | {} | engine_error | does not know the model",
                "501 | {} | unsupported_task | cannot do this",
                "302 | {} | engine_error | redirects, which is not followed",
                "408 | {} | engine_error | cannot take the request now (HTTP 408)",
                "500 | <html> | engine_error | failed (HTTP 500)",
            })
    void anErrorOfTheServerHasAName(int status, String body, String code, String message)
            throws Exception {
        server.on(CHAT, json(status, body, "Location: http://127.0.0.1:1/"));

        Outcome.Failed failed = (Outcome.Failed) generate(chat().build());

        assertThat(failed.code().wireName()).isEqualTo(code);
        assertThat(failed.message()).contains(message).doesNotContain("hello", "html");
        assertThat(server.requests(CHAT)).hasSize(1);
    }

    @Test
    void aBusyServerIsAskedAgain() throws Exception {
        server.on(
                CHAT,
                json(429, "{}", "Retry-After: 0"),
                json(503, "{}", "Retry-After: 0"),
                events(delta("x"), STOP, DONE));

        assertThat(generate(chat().build())).isInstanceOf(Outcome.Finished.class);
        assertThat(server.requests(CHAT)).hasSize(3);
    }

    @Test
    void aServerThatStaysBusyOrForLongIsNot() throws Exception {
        server.on(CHAT, json(429, "{}", "Retry-After: 0"));
        assertThat(code(generate(chat().build()))).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(server.requests(CHAT)).hasSize(3);

        server.on(CHAT, json(503, "{}", "Retry-After: 3600"));
        assertThat(code(generate(chat().build()))).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(server.requests(CHAT)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"hello\",\"code\":400}} | invalid_request",
                "{\"error\":{\"message\":\"hello\",\"type\":\"server_error\"}} | engine_error",
                "{\"error\":{\"message\":\"the context size is exceeded\"}} | context_length_exceeded",
                "{\"choices\": | engine_error",
                "[] | engine_error",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]} | engine_error",
                "[DONE] | engine_error",
            })
    void whatGoesWrongInAStreamFails(String event, String code) throws Exception {
        server.on(CHAT, events(delta("a"), event));

        Outcome.Failed failed = (Outcome.Failed) generate(chat().build());

        assertThat(failed.code().wireName()).isEqualTo(code);
        assertThat(failed.message()).doesNotContain("hello");
    }

    @Test
    void aStreamThatBreaksOrEndsEarlyFailsAndMayBeRetried() throws Exception {
        server.on(CHAT, broken(delta("a")), events(delta("a")), broken());

        for (int i = 0; i < 3; i++) {
            Outcome.Failed failed = (Outcome.Failed) generate(chat().build());
            assertThat(failed.code()).isEqualTo(ErrorCode.ENGINE_ERROR);
            assertThat(failed.code().retriable()).isTrue();
        }
    }

    @Test
    void aStreamThatBreaksBehindItsReasonIsWhole() throws Exception {
        server.on(CHAT, broken(delta("a"), STOP));

        Outcome.Finished finished = (Outcome.Finished) generate(chat().build());

        assertThat(finished.usage().completionTokens()).isEqualTo(1);
    }

    @Test
    void whatIsNoStreamFails() throws Exception {
        server.on(CHAT, json(200, "{\"choices\":[]}"));

        assertThat(code(generate(chat().build()))).isEqualTo(ErrorCode.ENGINE_ERROR);
    }

    @Test
    void anEndlessLineFails() throws Exception {
        server.on(CHAT, events("x".repeat((1 << 20) + 1)));

        assertThat(((Outcome.Failed) generate(chat().build())).message()).contains("line");
    }

    @Test
    void aCancelHangsUpAtOnce() throws Exception {
        server.on(CHAT, server.hang(delta("a")));
        Cancellation cancellation = new Cancellation();

        Outcome outcome =
                model().generate(
                                chat().build(),
                                (piece, tokens) -> {
                                    cancellation.cancel();
                                    return true;
                                },
                                cancellation,
                                LIMIT);

        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(server.awaitHangUp()).isTrue();
    }

    @Test
    void aCancelBeforeTheFirstByteHangsUpToo() throws Exception {
        server.on(CHAT, server.silence());
        Cancellation cancellation = new Cancellation();
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        TextModel model = model();
        Thread caller =
                Thread.ofPlatform()
                        .start(() ->
                                outcome.set(
                                        model.generate(
                                                chat().build(),
                                                (piece, tokens) -> true,
                                                cancellation,
                                                LIMIT)));
        await().until(() -> server.requests(CHAT).size() == 1);

        cancellation.cancel();

        caller.join();
        assertThat(outcome.get()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(server.awaitHangUp()).isTrue();
    }

    @Test
    void aSinkThatHasEnoughHangsUp() throws Exception {
        server.on(CHAT, server.hang(delta("a")));

        Outcome outcome =
                model().generate(
                                chat().build(),
                                (piece, tokens) -> false,
                                new Cancellation(),
                                LIMIT);

        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(server.awaitHangUp()).isTrue();
    }

    @Test
    void theLimitEndsACall() throws Exception {
        server.on(CHAT, server.hang(delta("a")));

        Outcome outcome =
                model().generate(
                                chat().build(),
                                (piece, tokens) -> true,
                                new Cancellation(),
                                Duration.ofMillis(300));

        assertThat(code(outcome)).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(server.awaitHangUp()).isTrue();
    }

    @Test
    void aServerThatFallsSilentFails() throws Exception {
        server.on(CHAT, server.hang(delta("a")));
        TextModel model =
                (TextModel)
                        kept(
                                TestingRemote.load(
                                        server.url(),
                                        Duration.ofMillis(300),
                                        EmbeddingOptions.DEFAULT,
                                        "chat"));

        Outcome outcome =
                model.generate(chat().build(), (piece, tokens) -> true, new Cancellation(), LIMIT);

        assertThat(((Outcome.Failed) outcome).message()).contains("said nothing for 300 ms");
    }

    @Test
    void closingEndsRunningCallsAsRetriable() throws Exception {
        server.on(CHAT, server.hang(delta("a")));
        TextModel model = model();

        Outcome outcome =
                model.generate(
                        chat().build(),
                        (piece, tokens) -> {
                            Thread.ofPlatform().start(model::close);
                            return true;
                        },
                        new Cancellation(),
                        LIMIT);

        assertThat(code(outcome)).isEqualTo(ErrorCode.WORKER_STOPPING);
        await().until(() ->
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t -> t.getName().startsWith("remote-far-")));
    }

    @Test
    void aServerThatIsGoneIsWaitedFor() throws Exception {
        TextModel model = model();
        int port = server.port();
        server.close();

        assertThat(code(generate(model))).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(model.health()).isEqualTo(Health.RESTARTING);

        server = new TestingServer(port);
        server.on("/models", json(503, "{}"), json(200, "{\"data\":[]}"))
                .on(CHAT, events(delta("back"), STOP, DONE));
        await().until(() -> model.health() == Health.READY);
        assertThat(generate(model)).isInstanceOf(Outcome.Finished.class);
    }

    @Test
    void anIdleModelNoticesThatItsServerIsGone() throws Exception {
        TextModel model = model();

        server.close();

        await().until(() -> model.health() == Health.RESTARTING);
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        server.on(CHAT, events(delta("x"), STOP, USAGE, DONE));
        TextModel model = model();

        for (int i = 0; i < 20; i++) {
            assertThat(generate(model)).isInstanceOf(Outcome.Finished.class);
        }

        assertThat(server.connections()).isLessThanOrEqualTo(2);
    }

    private Outcome generate(GenerationRequest request) throws Exception {
        return generate(model(), request);
    }

    private Outcome generate(TextModel model) {
        return generate(model, chat().build());
    }

    private Outcome generate(TextModel model, GenerationRequest request) {
        return model.generate(
                request,
                (piece, tokens) -> {
                    text.append(piece);
                    return true;
                },
                new Cancellation(),
                LIMIT);
    }

    private TextModel model() throws Exception {
        return model("chat", "completion");
    }

    private TextModel model(String... capabilities) throws Exception {
        return (TextModel) kept(TestingRemote.load(server.url(), capabilities));
    }

    private LoadedModel kept(LoadedModel model) {
        loaded.add(model);
        return model;
    }

    private static GenerationRequest.Builder chat() {
        return GenerationRequest.builder(
                "id", new Prompt.Chat(List.of(new Message("user", "hello"))));
    }

    private static String delta(String content) {
        return "{\"choices\":[{\"delta\":{\"content\":\"" + content + "\"}}]}";
    }

    private static ErrorCode code(Outcome outcome) {
        return ((Outcome.Failed) outcome).code();
    }
}
