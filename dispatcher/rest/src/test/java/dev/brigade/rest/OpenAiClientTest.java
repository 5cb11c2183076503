package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.brigade.client.StageUpdate.Restarted;
import dev.brigade.client.StageUpdate.Retracted;
import dev.brigade.client.StageUpdate.Text;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the official client, which knows nothing of Brigade, makes of the extensions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiClientTest {

    private TestServer server;
    private OpenAIClient openai;

    @BeforeAll
    void start() {
        server = new TestServer().connected();
        openai = server.openai();
    }

    @AfterAll
    void stop() {
        openai.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        server.client.submitted.clear();
    }

    @Test
    void draftsDoNotDisturbIt() {
        server.client.script =
                request -> {
                    request.stage(new Text("draft", "small", "Hal"));
                    request.stage(new Restarted("draft", "small"));
                    request.stage(new Text("draft", "small", "Hello?"));
                    request.start();
                    request.say("Hello");
                    request.stage(new Retracted("draft", "small"));
                    request.say(", world");
                    request.done();
                };
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks =
                stream(
                        params("auto")
                                .putAdditionalBodyProperty(
                                        "orchestration_mode", JsonValue.from("critique"))
                                .putAdditionalBodyProperty("stream_stages", JsonValue.from(true)));
        chunks.forEach(whole::accumulate);

        ChatCompletion answer = whole.chatCompletion();
        assertThat(answer.choices()).hasSize(1);
        assertThat(answer.choices().getFirst().message().content()).contains("Hello, world");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(9);
        assertThat(chunks)
                .filteredOn(chunk -> chunk._additionalProperties().containsKey("stage"))
                .hasSize(4)
                .allSatisfy(chunk -> assertThat(chunk.validate().choices()).isEmpty());
        InferenceRequest sent = server.client.submitted.getFirst();
        assertThat(sent.getOrchestrationMode()).isEqualTo("critique");
        assertThat(sent.getStreamStages()).isTrue();
    }

    @Test
    void theItemsOfAMapAreItsChoices() {
        server.client.script = request -> request.done(MapTest.reply(request.requestId()));
        ChatCompletion answer = openai.chat().completions().create(map().build());

        assertThat(texts(answer)).containsExactly("ONE", "", "THREE");
        ChatCompletion.Choice failed = answer.choices().get(1);
        assertThat(failed.finishReason().asString()).isEqualTo("error");
        assertThat(failed._additionalProperties()).containsKey("error");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(24);
        assertThat(server.client.submitted.getFirst().getInput()).isInstanceOf(MapInput.class);
    }

    @Test
    void aStreamedMapIsPutTogetherAgain() {
        server.client.script =
                request -> {
                    request.progress(1, 0, 3);
                    request.progress(2, 1, 3);
                    request.start();
                    request.done(MapTest.reply(request.requestId()));
                };
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks = stream(map());
        chunks.forEach(whole::accumulate);

        assertThat(texts(whole.chatCompletion())).containsExactly("ONE", "", "THREE");
        assertThat(chunks)
                .filteredOn(chunk -> chunk._additionalProperties().containsKey("progress"))
                .hasSize(2);
    }

    @Test
    void tooFewModelsAreAnErrorOfTheServer() {
        server.client.script = request -> request.fail(ErrorCode.TOO_FEW_MODELS, "2 are needed");
        InternalServerException refused =
                catchThrowableOfType(
                        InternalServerException.class,
                        () -> openai.chat().completions().create(params("auto").build()));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.code()).contains("too_few_models");
        assertThat(refused.headers().values("retry-after")).isNotEmpty();
    }

    private List<ChatCompletionChunk> stream(ChatCompletionCreateParams.Builder params) {
        ChatCompletionStreamOptions usage =
                ChatCompletionStreamOptions.builder().includeUsage(true).build();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                openai.chat().completions().createStreaming(params.streamOptions(usage).build())) {
            stream.stream().forEach(chunks::add);
        }
        return chunks;
    }

    private static ChatCompletionCreateParams.Builder params(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("hi");
    }

    private static ChatCompletionCreateParams.Builder map() {
        return params("auto")
                .additionalBodyProperties(
                        Map.of("items", JsonValue.from(List.of("one", "two", "three"))));
    }

    private static List<String> texts(ChatCompletion answer) {
        return answer.choices().stream()
                .map(choice -> choice.message().content().orElseThrow())
                .toList();
    }
}
