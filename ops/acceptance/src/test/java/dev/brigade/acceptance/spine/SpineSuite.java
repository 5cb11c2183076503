package dev.brigade.acceptance.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestModels;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.SubmitOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.reply.TextDigest;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topics;
import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobReady;
import dev.brigade.schema.Message;
import dev.brigade.schema.Priority;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.standalone.registry.RegistryEndpoint;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same for every broker: real programs, real engines with models whose answers are known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
abstract class SpineSuite {

    private static final String STORY =
            "A request travels through the log, and every token comes back in order.";
    private static final String POEM = "Grüße aus der Küche 🍳 – naïve Wörter zählen auch.";

    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());

    private final Opened opened = new Opened();
    private TestSystem system;
    private BrigadeClient client;
    private OpenAIClient openai;
    private KafkaProducer<String, byte[]> producer;

    /** Starts the broker, or finds it. */
    abstract String bootstrapServers(Path folder, Opened opened);

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty(getClass().getSimpleName());
        TestModels models =
                new TestModels()
                        .with("teller", "primary", 2048, 4, ScriptedModel.saying(STORY))
                        .with("poet", "fast", 2048, 2, ScriptedModel.saying(POEM))
                        .with("narrow", "coder", 2048, 1, ScriptedModel.saying("done"))
                        .with(
                                "endless",
                                "thinker",
                                16_384,
                                2,
                                ScriptedModel.repeating("tick ").slowedBy(2));
        system = opened.add(TestSystem.on(bootstrapServers(folder, opened), folder, models));
        system.startAll();
        client = opened.add(BrigadeClient.open(ClientSettings.of(system.bootstrapServers())));
        openai =
                OpenAIOkHttpClient.builder()
                        .baseUrl(system.restUrl() + "/v1")
                        .apiKey("none")
                        .maxRetries(0)
                        .build();
        opened.add(openai::close);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", system.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer());
        opened.add(() -> producer.close(Duration.ofSeconds(5)));
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void theOfficialOpenAiClientGetsAWholeAnswer() {
        ChatCompletion completion = openai.chat().completions().create(chat("teller"));

        assertThat(completion.choices()).hasSize(1);
        assertThat(completion.choices().getFirst().message().content()).contains(STORY);
        assertThat(completion.choices().getFirst().finishReason().asString()).isEqualTo("stop");
        assertThat(completion.model()).isEqualTo("teller");
        // The scripted model says one byte a token, and then the token that ends its turn.
        assertThat(completion.usage().orElseThrow().completionTokens())
                .isBetween((long) STORY.length(), STORY.length() + 1L);
    }

    @Test
    void theOfficialOpenAiClientStreamsTheSameAnswer() {
        ChatCompletionCreateParams params =
                chat("poet").toBuilder()
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
        StringBuilder text = new StringBuilder();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                openai.chat().completions().createStreaming(params)) {
            stream.stream().forEach(chunks::add);
        }
        for (ChatCompletionChunk chunk : chunks) {
            chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text::append));
        }
        assertThat(text).hasToString(POEM);
        assertThat(chunks.getFirst().choices().getFirst().delta().role()).isPresent();
        assertThat(chunks.getLast().usage()).isPresent();
        assertThat(chunks.getLast().choices()).isEmpty();
    }

    @Test
    void aRawCompletionIsContinued() {
        CompletionCreateParams params =
                CompletionCreateParams.builder()
                        .model("teller")
                        .prompt("Once")
                        .maxTokens(9)
                        .build();
        var completion = openai.completions().create(params);

        assertThat(completion.choices().getFirst().text()).isEqualTo(STORY.substring(0, 9));
        assertThat(completion.choices().getFirst().finishReason().asString()).isEqualTo("length");
    }

    @Test
    void anUnknownModelIsRefusedAndNeverSubstituted() {
        NotFoundException refused =
                catchThrowableOfType(
                        NotFoundException.class,
                        () -> openai.chat().completions().create(chat("gpt-unknown")));

        assertThat(refused.code()).contains("model_not_found");
        assertThat(client.chat(ChatRequest.of("hello")).text()).isEqualTo(STORY);
    }

    @Test
    void withoutAModelTheTaskTypeChoosesTheRole() {
        Answer byDefault = client.chat(ChatRequest.of("hello"));
        Answer quick = client.chat(ChatRequest.builder().user("hello").taskType("simple").build());

        assertThat(byDefault.model()).isEqualTo("teller");
        assertThat(quick.model()).isEqualTo("poet");
        assertThat(quick.text()).isEqualTo(POEM);
    }

    @Test
    void theJavaClientStreamsWhatTheTerminalSays() throws Exception {
        CollectingListener listener = new CollectingListener();
        StreamHandle stream =
                client.stream(ChatRequest.builder().model("poet").user("say it").build(), listener);
        Answer answer = stream.answer().get(60, TimeUnit.SECONDS);

        assertThat(answer.text()).isEqualTo(POEM);
        assertThat(listener.text()).isEqualTo(POEM);
        assertThat(answer.reply().getDigest()).isEqualTo(TextDigest.of(POEM));
        assertThat(answer.reply().getEpoch().getDispatch()).isEqualTo(1);
    }

    @Test
    void anAnswerIsReadAgainFromTheLogByItsId() throws Exception {
        Answer answer = client.chat(ChatRequest.builder().model("teller").user("tell").build());
        CollectingListener again = new CollectingListener();

        client.follow(answer.requestId(), 0, again).answer().get(60, TimeUnit.SECONDS);

        assertThat(again.text()).isEqualTo(STORY);
    }

    @Test
    void cancellingEndsARunningGeneration() throws Exception {
        CollectingListener listener = new CollectingListener();
        StreamHandle stream = client.stream(endless(15_000), listener);
        listener.awaitText();

        stream.cancel().get(10, TimeUnit.SECONDS);

        assertThat(codeOf(stream.answer())).isEqualTo(ErrorCode.CANCELLED);
        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            log.awaitEvent(
                    stream.requestId(),
                    dev.brigade.schema.AttemptFailed.class,
                    failed -> failed.getCode().equals(ErrorCode.CANCELLED.wireName()));
        }
    }

    @Test
    void aRequestPastItsDeadlineExpires() {
        ChatRequest request =
                ChatRequest.builder()
                        .model("endless")
                        .user("go on")
                        .maxTokens(15_000)
                        .deadline(Duration.ofMillis(700))
                        .build();
        CompletableFuture<Answer> answer = client.send(request);

        assertThat(codeOf(answer)).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void theSameIdempotencyKeyIsTheSameRequest() {
        ChatRequest request =
                ChatRequest.builder()
                        .model("teller")
                        .user("once")
                        .idempotencyKey("order-7")
                        .build();
        Answer first = client.chat(request);
        Answer second = client.chat(request);

        assertThat(second.requestId()).isEqualTo(first.requestId());
        assertThat(second.text()).isEqualTo(STORY);
    }

    @Test
    void aPromptLongerThanTheContextIsRefused() {
        ChatRequest request = ChatRequest.builder().model("teller").user("x".repeat(5_000)).build();

        assertThat(codeOf(client.send(request))).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(client.chat(ChatRequest.builder().model("teller").user("x").build()).text())
                .isEqualTo(STORY);
    }

    @Test
    void recordsThatCannotBeReadAreRejectedAndKeptAsDeadLetters() throws Exception {
        Map<String, byte[]> poison = new LinkedHashMap<>();
        poison.put("undecodable_record", new byte[] {7, 7, 7});
        poison.put("unknown_schema", new byte[] {0, 0, 0, 39, 15, 1});
        poison.put("null_value", null);
        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            for (Map.Entry<String, byte[]> record : poison.entrySet()) {
                String id = "poison-" + record.getKey();
                send(id, record.getValue());
                Reply reply = log.awaitReply(id);
                assertThat(reply.getStatus()).isEqualTo(ReplyStatus.REJECTED);
                assertThat(reply.getError().getCode()).isEqualTo(record.getKey());
                var letter = log.awaitDeadLetter(id);
                assertThat(letter.headers().lastHeader(HeaderNames.REASON).value())
                        .isEqualTo(record.getKey().getBytes(StandardCharsets.UTF_8));
                if (record.getValue() != null) {
                    assertThat(letter.value()).isEqualTo(record.getValue());
                }
            }
            send("good-neighbour", wire.encode(request("teller")));
            assertThat(log.awaitReply("good-neighbour").getText()).isEqualTo(STORY);
        }
    }

    @Test
    void aRequestThatBreaksARuleIsRejectedByName() throws Exception {
        InferenceRequest empty =
                InferenceRequest.newBuilder(request("teller"))
                        .setInput(new ChatInput(List.of()))
                        .build();
        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            send("empty-messages", wire.encode(empty));
            Reply reply = log.awaitReply("empty-messages");
            assertThat(reply.getError().getCode()).isEqualTo("invalid_request");
            assertThat(reply.getError().getParam()).isEqualTo("messages");
        }
    }

    @Test
    void theReplyGoesWhereSpringsHeadersSay() throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.REQUESTS, "with-headers", wire.encode(request("teller")));
        record.headers()
                .add(HeaderNames.REPLY_PARTITION, new byte[] {0, 0, 0, 3})
                .add(HeaderNames.CORRELATION_ID, new byte[] {1, 2, 3});
        producer.send(record).get(10, TimeUnit.SECONDS);
        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            var reply = log.awaitRecord(Topics.REPLIES, r -> "with-headers".equals(r.key()));
            assertThat(reply.partition()).isEqualTo(3);
            assertThat(reply.headers().lastHeader(HeaderNames.CORRELATION_ID).value())
                    .isEqualTo(new byte[] {1, 2, 3});
        }
    }

    @Test
    void aPlainKafkaClientWrittenFromTheReadmeGetsTokensAndReply() throws Exception {
        try (RegistryEndpoint registry = RegistryEndpoint.start(0);
                PlainKafkaUser user =
                        new PlainKafkaUser(system.bootstrapServers(), registry.url())) {
            user.ask("plain-1", "poet", "say it");
            PlainKafkaUser.Heard heard = user.await("plain-1");

            assertThat(heard.reply().get("status")).hasToString("COMPLETED");
            assertThat(heard.reply().get("text")).hasToString(POEM);
            assertThat(heard.chunks()).isEqualTo(POEM);
        }
    }

    @Test
    void badBodiesAreAnsweredInOpenAisFormAndHarmNoNeighbour() throws Exception {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("{\"model\": ", "400 ");
        codes.put("[]", "400 ");
        codes.put(body("\"messages\":[]"), "400 messages");
        codes.put(body("\"messages\":\"hello\""), "400 messages");
        codes.put(body(HELLO + ",\"temperature\":\"0.5\""), "400 temperature");
        codes.put(body(HELLO + ",\"temperature\":9"), "400 temperature");
        codes.put(body(HELLO + ",\"max_tokens\":99999999"), "400 max_tokens");
        codes.put(body(HELLO + ",\"n\":2"), "400 n");
        codes.put(body(HELLO + ",\"tools\":[{}]"), "400 tools");
        codes.put(body(HELLO + ",\"no_such_field\":1"), "400 no_such_field");
        codes.put("{\"model\":\"nobody\"," + HELLO + "}", "404 model");
        codes.put(
                body(
                        "\"messages\":[{\"role\":\"user\",\"content\":\""
                                + "x".repeat(9_000)
                                + "\"}]"),
                "400 ");
        codes.put(
                body(
                        "\"messages\":[{\"role\":\"user\",\"content\":\""
                                + "x".repeat(5_000_000)
                                + "\"}]"),
                "413 ");
        for (Map.Entry<String, String> each : codes.entrySet()) {
            HttpResponse<String> answer = post(each.getKey());
            JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
            String seen = answer.statusCode() + " " + error.path("param").asString("");
            assertThat(seen)
                    .as("answer to %.80s: %s", each.getKey(), error)
                    .startsWith(each.getValue());
            assertThat(error.path("message").asString("")).isNotBlank();
            assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        }
        assertThat(post(body(HELLO)).body()).contains(STORY);
    }

    @Test
    void hangingUpCancelsTheGeneration() throws Exception {
        HttpResponse<java.io.InputStream> stream =
                HTTP.send(
                        chatRequest(
                                "{\"model\":\"endless\",\"max_tokens\":15000,\"stream\":true,"
                                        + HELLO
                                        + "}"),
                        HttpResponse.BodyHandlers.ofInputStream());
        String id = stream.headers().firstValue("x-request-id").orElseThrow();
        assertThat(stream.body().read()).isPositive();

        stream.body().close();

        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            assertThat(log.awaitReply(id).getStatus()).isEqualTo(ReplyStatus.CANCELLED);
        }
    }

    private static String body(String fields) {
        return "{\"model\":\"teller\"," + fields + "}";
    }

    private HttpResponse<String> post(String body) throws Exception {
        return HTTP.send(chatRequest(body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest chatRequest(String body) {
        return HttpRequest.newBuilder(system.restUrl().resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Test
    void aReplyTopicThatIsNotThereIsRefusedAndHoldsUpNobody() throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.REQUESTS, "lost-topic", wire.encode(request("teller")));
        record.headers().add(HeaderNames.REPLY_TOPIC, "nowhere".getBytes(StandardCharsets.UTF_8));
        producer.send(record).get(10, TimeUnit.SECONDS);
        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            Reply reply = log.awaitReply("lost-topic");
            assertThat(reply.getError().getParam()).isEqualTo(HeaderNames.REPLY_TOPIC);
        }
        assertThat(client.chat(ChatRequest.of("hello")).text()).isEqualTo(STORY);
    }

    @Test
    void aHighRequestBehindAThousandLowOnesGoesNext() throws Exception {
        String model = "narrow";
        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            List<StreamHandle> handles = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                handles.add(submit(prioritised(model, Priority.LOW, "low-" + i)));
            }
            CompletableFuture<Answer> high =
                    client.send(prioritised(model, Priority.HIGH, "the high one"));
            log.awaitRecord(Topics.QUEUE, r -> ready(r.value(), "the high one"));
            int releasedBefore = log.jobs(model).size();

            high.get(60, TimeUnit.SECONDS);

            List<Job> released = log.jobs(model);
            int place = placeOf(released, "the high one");
            assertThat(place).isLessThan(999).isLessThanOrEqualTo(releasedBefore + 1);
            for (StreamHandle handle : handles) {
                handle.cancel().get(10, TimeUnit.SECONDS);
            }
            for (StreamHandle handle : handles) {
                assertThat(endOf(handle)).isIn("completed", ErrorCode.CANCELLED.wireName());
            }
        }
    }

    private StreamHandle submit(ChatRequest request) {
        return client.submit(request.toRecord(client.tenant()), SubmitOptions.none());
    }

    private static String endOf(StreamHandle handle) throws Exception {
        try {
            handle.answer().get(60, TimeUnit.SECONDS);
            return "completed";
        } catch (java.util.concurrent.ExecutionException e) {
            return e.getCause() instanceof BrigadeException failure
                    ? failure.code().wireName()
                    : e.toString();
        }
    }

    private static int placeOf(List<Job> jobs, String question) {
        for (int i = 0; i < jobs.size(); i++) {
            if (question(jobs.get(i)).equals(question)) {
                return i;
            }
        }
        throw new AssertionError("not released: " + question);
    }

    private boolean ready(byte @Nullable [] value, String question) {
        try {
            return wire.decode(value, QueueEvent.class).getEvent() instanceof JobReady ready
                    && question(ready.getJob()).equals(question);
        } catch (dev.brigade.contract.serde.UndecodableException e) {
            return false;
        }
    }

    private static String question(Job job) {
        return job.getInput() instanceof ChatInput chat
                ? chat.getMessages().getLast().getContent()
                : "";
    }

    private static ChatRequest prioritised(String model, Priority priority, String question) {
        return ChatRequest.builder()
                .model(model)
                .user(question)
                .priority(priority)
                .deadline(Duration.ofMinutes(5))
                .build();
    }

    private static ChatRequest endless(int maxTokens) {
        return ChatRequest.builder().model("endless").user("go on").maxTokens(maxTokens).build();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("go").build();
    }

    private static InferenceRequest request(String model) {
        return InferenceRequest.newBuilder()
                .setInput(new ChatInput(List.of(new Message("user", "tell me", null))))
                .setModel(model)
                .build();
    }

    private void send(String key, byte @Nullable [] value) throws Exception {
        producer.send(new ProducerRecord<>(Topics.REQUESTS, key, value)).get(10, TimeUnit.SECONDS);
    }

    private static ErrorCode codeOf(CompletableFuture<Answer> answer) {
        BrigadeException failure =
                catchThrowableOfType(
                        BrigadeException.class,
                        () -> {
                            try {
                                answer.get(60, TimeUnit.SECONDS);
                            } catch (java.util.concurrent.ExecutionException e) {
                                throw e.getCause();
                            }
                        });
        return failure.code();
    }
}
