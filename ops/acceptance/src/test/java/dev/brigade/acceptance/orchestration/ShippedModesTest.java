package dev.brigade.acceptance.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.MapAnswer;
import dev.brigade.client.MapProgress;
import dev.brigade.client.MapRequest;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.StageReport;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every mode on the models and presets that ship, with real engines, as each kind of user asks for
 * it. What so small models say is of no account; that it is whole and well reported is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ShippedModesTest {

    private static final String QUESTION = "What is Brigade?";

    private final Opened opened = new Opened();
    private BrokerProcess broker;
    private TestSystem system;
    private BrigadeClient client;
    private OpenAIClient openai;

    /**
     * A way to ask, and what its report must show.
     *
     * <p>stages: some that there must be. measures: whether the mode computes a confidence (C) or
     * an agreement (A).
     */
    enum Way {
        SINGLE("orchestration_mode", "single", "single", "answer", ""),
        CRITIQUE("preset", "demo-critique", "critique", "draft critique-1", "C"),
        DEBATE("orchestration_mode", "debate", "debate", "answer-1.1 answer-1.2", "CA"),
        SELF_CONSISTENCY("orchestration_mode", "ensemble", "ensemble", "sample-1 sample-5", "CA"),
        ENSEMBLE("preset", "demo-ensemble", "ensemble", "answer-1.1 answer-1.2", "CA"),
        PIPELINE("orchestration_mode", "pipeline", "pipeline", "draft refine validate", "");

        private final String field;
        private final String value;
        private final String mode;
        private final String stages;
        private final String measures;

        Way(String field, String value, String mode, String stages, String measures) {
            this.field = field;
            this.value = value;
            this.mode = mode;
            this.stages = stages;
            this.measures = measures;
        }
    }

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty("shipped-modes");
        broker = opened.add(BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka"))));
        system = opened.add(TestSystem.shipped(broker.bootstrapServers(), folder));
        system.startAll();
        client = opened.add(BrigadeClient.open(ClientSettings.of(broker.bootstrapServers())));
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

    @ParameterizedTest
    @EnumSource
    void aKafkaClientIsStreamedTheAnswerAndTheDrafts(Way way) throws Exception {
        StageListener listener = new StageListener();

        Answer answer = client.stream(request(way), listener).answer().get(90, TimeUnit.SECONDS);

        OrchestrationReport report = reported(way, answer.reply());
        assertThat(listener.text()).isEqualTo(answer.text());
        for (StageReport stage : report.getStages()) {
            boolean draft = !stage.getIsFinal() && stage.getUsage().getCompletionTokens() > 1;
            assertThat(listener.drafts().containsKey(stage.getStage()))
                    .as("drafts of %s", stage)
                    .isEqualTo(draft);
        }
        try (RecordLog log = new RecordLog(broker.bootstrapServers())) {
            assertThat(log.replies(answer.requestId())).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOfficialOpenAiClientGetsTheWholeAnswer(Way way) {
        ChatCompletion completion = openai.chat().completions().create(params(way).build());

        String id = completion.id().replaceFirst("^chatcmpl-", "");
        Answer known = client.find(id).map(ShippedModesTest::answer).orElseThrow();
        assertThat(completion.choices()).hasSize(1);
        assertThat(completion.choices().getFirst().message().content()).contains(known.text());
        reported(way, known.reply());
        JsonNode shown = orchestration(completion._additionalProperties()).orElseThrow();
        assertThat(shown.path("mode").asString()).isEqualTo(way.mode);
        assertThat(shown.path("stages"))
                .hasSameSizeAs(known.reply().getOrchestration().getStages());
        assertThat(completion.usage().orElseThrow().totalTokens())
                .isEqualTo(known.promptTokens() + known.completionTokens());
    }

    @ParameterizedTest
    @EnumSource
    void theOfficialOpenAiClientIsStreamedTheAnswerAndThePiecesOfTheWork(Way way) {
        ChatCompletionCreateParams params =
                params(way)
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .putAdditionalBodyProperty("stream_stages", JsonValue.from(true))
                        .build();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                openai.chat().completions().createStreaming(params)) {
            stream.stream().forEach(chunks::add);
        }

        StringBuilder text = new StringBuilder();
        for (ChatCompletionChunk chunk : chunks) {
            chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text::append));
        }
        String id = chunks.getFirst().id().replaceFirst("^chatcmpl-", "");
        Answer known = client.find(id).map(ShippedModesTest::answer).orElseThrow();
        assertThat(text).hasToString(known.text());
        reported(way, known.reply());
        List<JsonNode> shown =
                chunks.stream()
                        .flatMap(c -> orchestration(c._additionalProperties()).stream())
                        .toList();
        assertThat(shown)
                .singleElement()
                .extracting(o -> o.path("mode").asString())
                .isEqualTo(way.mode);
        boolean drafted =
                known.reply().getOrchestration().getStages().stream()
                        .anyMatch(stage -> !stage.getIsFinal());
        assertThat(chunks.stream().anyMatch(c -> c._additionalProperties().containsKey("stage")))
                .isEqualTo(drafted);
        assertThat(chunks.getLast().usage().orElseThrow().totalTokens())
                .isEqualTo(known.promptTokens() + known.completionTokens());
    }

    @Test
    void aMapAnswersEveryItemAndTellsItsProgress() throws Exception {
        MapRequest request =
                MapRequest.builder()
                        .system("Be brief.")
                        .items(List.of("What is Kafka?", QUESTION, "hello"))
                        .build();
        StageListener listener = new StageListener();

        Answer answer = client.stream(request, listener).answer().get(90, TimeUnit.SECONDS);

        assertThat(MapAnswer.of(answer).answered()).hasSize(3);
        assertThat(answer.text()).isEmpty();
        OrchestrationReport report = Reports.consistent(answer.reply());
        assertThat(report.getMode()).isEqualTo("map");
        assertThat(report.getStages())
                .extracting(StageReport::getStage)
                .containsExactly("item-1", "item-2", "item-3");
        // The last one comes with the terminal, which may be read first.
        assertThat(listener.progress()).isNotEmpty().extracting(MapProgress::total).containsOnly(3);
    }

    @Test
    void theOfficialOpenAiClientGetsAMapAsChoices() {
        ChatCompletion completion = openai.chat().completions().create(map());

        assertThat(completion.choices()).hasSize(2);
        assertThat(completion.choices())
                .allSatisfy(choice -> assertThat(choice.message().content()).isPresent())
                .extracting(choice -> choice.index())
                .containsExactly(0L, 1L);
    }

    @Test
    void theOfficialOpenAiClientIsStreamedAMapAsChoicesAndItsProgress() {
        Map<Long, StringBuilder> texts = new TreeMap<>();
        boolean progressed = false;
        try (StreamResponse<ChatCompletionChunk> stream =
                openai.chat().completions().createStreaming(map())) {
            for (ChatCompletionChunk chunk : stream.stream().toList()) {
                progressed |= chunk._additionalProperties().containsKey("progress");
                chunk.choices()
                        .forEach(choice ->
                                texts.computeIfAbsent(choice.index(), i -> new StringBuilder())
                                        .append(choice.delta().content().orElse("")));
            }
        }

        assertThat(progressed).isTrue();
        assertThat(texts.keySet()).containsExactly(0L, 1L);
        assertThat(texts.values()).allSatisfy(text -> assertThat(text).isNotEmpty());
    }

    private static ChatCompletionCreateParams map() {
        return ChatCompletionCreateParams.builder()
                .model("auto")
                .addSystemMessage("Be brief.")
                .putAdditionalBodyProperty(
                        "items", JsonValue.from(List.of("What is Kafka?", "hello")))
                .build();
    }

    private static OrchestrationReport reported(Way way, Reply reply) {
        OrchestrationReport report = Reports.consistent(reply);
        assertThat(report.getMode()).isEqualTo(way.mode);
        assertThat(report.getRequestedMode()).isEqualTo(way.mode);
        assertThat(report.getStages())
                .extracting(StageReport::getStage)
                .contains(way.stages.split(" "));
        if (way.field.equals("preset")) {
            assertThat(report.getPreset()).isEqualTo(way.value);
        }
        if (way.measures.contains("C")) {
            assertThat(report.getConfidence()).isNotNull();
        }
        if (way.measures.contains("A")) {
            assertThat(report.getAgreement()).isNotNull();
        }
        assertThat(report.getDecisions().isEmpty()).isEqualTo(way == Way.SINGLE);
        assertThat(String.join(" ", report.getDecisions())).doesNotContain(QUESTION);
        return report;
    }

    private static ChatRequest request(Way way) {
        var builder = ChatRequest.builder().user(QUESTION).maxTokens(48).streamStages(true);
        return (way.field.equals("preset")
                        ? builder.preset(way.value)
                        : builder.orchestrationMode(way.value))
                .build();
    }

    private static ChatCompletionCreateParams.Builder params(Way way) {
        return ChatCompletionCreateParams.builder()
                .model("auto")
                .addUserMessage(QUESTION)
                .maxCompletionTokens(48L)
                .putAdditionalBodyProperty(way.field, JsonValue.from(way.value));
    }

    private static Answer answer(dev.brigade.client.RequestState state) {
        return switch (state) {
            case dev.brigade.client.RequestState.Ended ended -> Answer.of(ended.reply());
            case dev.brigade.client.RequestState.Open open ->
                    throw new AssertionError("still open: " + open);
        };
    }

    private static Optional<JsonNode> orchestration(Map<String, JsonValue> properties) {
        return Optional.ofNullable(properties.get("orchestration"))
                .map(value -> JsonMapper.shared().valueToTree(value.convert(Map.class)));
    }
}
