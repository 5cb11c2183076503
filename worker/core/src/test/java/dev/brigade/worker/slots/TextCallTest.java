package dev.brigade.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.ModelConfig.SamplingDefaults;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.ResponseFormat;
import dev.brigade.schema.ResponseFormatType;
import dev.brigade.schema.Sampling;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.testing.Jobs;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TextCallTest {

    private static final SamplingDefaults DEFAULTS =
            new SamplingDefaults(
                    OptionalDouble.of(0.7),
                    OptionalDouble.empty(),
                    OptionalInt.of(40),
                    OptionalDouble.empty(),
                    OptionalDouble.of(1.1),
                    OptionalInt.of(256));

    @Test
    void aChatKeepsItsMessagesInOrder() {
        ChatInput chat =
                new ChatInput(
                        List.of(
                                new dev.brigade.schema.Message("system", "be brief", null),
                                new dev.brigade.schema.Message("user", "hi", "ada")));

        assertThat(request(Jobs.builder("r").setInput(chat)).prompt())
                .isEqualTo(
                        new Prompt.Chat(
                                List.of(
                                        new Message("system", "be brief"),
                                        new Message("user", "hi"))));
    }

    @Test
    void whatTheRequestSaysWinsOverTheModelsDefaults() {
        Sampling sampling =
                Sampling.newBuilder()
                        .setTemperature(0.0)
                        .setMaxTokens(9)
                        .setSeed(42L)
                        .setPresencePenalty(0.5)
                        .setStop(List.of("END"))
                        .build();

        GenerationRequest request = request(Jobs.builder("r").setSampling(sampling));

        assertThat(request.temperature()).hasValue(0);
        assertThat(request.maxTokens()).hasValue(9);
        assertThat(request.seed()).hasValue(42);
        assertThat(request.presencePenalty()).hasValue(0.5);
        assertThat(request.topK()).hasValue(40);
        assertThat(request.repeatPenalty()).hasValue(1.1);
        assertThat(request.topP()).isEmpty();
        assertThat(request.stop()).containsExactly("END");
    }

    @Test
    void aRequestThatSaysNothingGetsTheModelsDefaults() {
        GenerationRequest request = request(Jobs.builder("r"));

        assertThat(request.temperature()).hasValue(0.7);
        assertThat(request.maxTokens()).hasValue(256);
        assertThat(request.constraint()).isEqualTo(new Constraint.None());
    }

    @Test
    void whatTheRequestsBudgetLeavesBoundsPromptAndAnswerTogether() {
        assertThat(request(Jobs.builder("r").setSagaTokens(700)).totalTokens()).hasValue(700);
        assertThat(request(Jobs.builder("r")).totalTokens()).isEmpty();
    }

    @Test
    void aResponseFormatBecomesAConstraint() {
        assertThat(constraint(new ResponseFormat(ResponseFormatType.TEXT, null)))
                .isEqualTo(new Constraint.None());
        assertThat(constraint(new ResponseFormat(ResponseFormatType.JSON_OBJECT, null)))
                .isEqualTo(new Constraint.JsonObject());
        assertThat(constraint(new ResponseFormat(ResponseFormatType.JSON_SCHEMA, "{}")))
                .isEqualTo(new Constraint.JsonSchema("{}"));
    }

    @Test
    void anEchoedPromptIsThePreamble() {
        var echoed = Jobs.builder("r").setInput(new CompletionInput("Once", true)).build();
        var plain = Jobs.builder("r").setInput(new CompletionInput("Once", false)).build();

        assertThat(call(echoed).preamble()).isEqualTo("Once");
        assertThat(call(plain).preamble()).isEmpty();
    }

    @Test
    void anEmptyChatIsRefused() {
        var job = Jobs.builder("r").setInput(new ChatInput(List.of())).build();

        assertThat(TextCall.of(job, DEFAULTS))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    private static Constraint constraint(ResponseFormat format) {
        return request(
                        Jobs.builder("r")
                                .setSampling(
                                        Sampling.newBuilder().setResponseFormat(format).build()))
                .constraint();
    }

    private static GenerationRequest request(dev.brigade.schema.Job.Builder job) {
        return call(job.build()).request();
    }

    private static TextCall call(dev.brigade.schema.Job job) {
        if (TextCall.of(job, DEFAULTS) instanceof Result.Done<TextCall>(TextCall call)) {
            return call;
        }
        throw new AssertionError("no call");
    }
}
