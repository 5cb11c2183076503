package dev.brigade.worker.llama;

import static dev.brigade.worker.backend.Outcome.Reason.LENGTH;
import static dev.brigade.worker.backend.Outcome.Reason.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a model that always says the same, one byte a token. */
class GenerationTest {

    private static final String SCRIPT = "Hällo ☃ wörld 😀, ENDE und mehr";
    private static final int CONTEXT = 128;

    @TempDir private static Path folder;
    private static LlamaModel model;

    @BeforeAll
    static void load() throws Exception {
        model = TestingModels.load(ScriptedModel.saying(SCRIPT), folder, CONTEXT, 2);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void theStreamIsTheWholeTextAndTheUsageIsExact() {
        Answer answer = Answer.of(model, Ask.raw("hi"));
        assertThat(answer.text()).isEqualTo(SCRIPT);
        Outcome.Usage usage = answer.finished().usage();
        assertThat(answer.finished().reason()).isEqualTo(STOP);
        assertThat(usage.promptTokens()).isEqualTo(2);
        assertThat(usage.completionTokens()).isEqualTo(bytes(SCRIPT) + 1); // and the end token
        assertThat(usage.firstTokenMs()).isNotNegative();
        assertThat(answer.tokens()).isEqualTo(usage.completionTokens());
    }

    @Test
    void aCharacterIsNeverCut() {
        Answer answer = Answer.of(model, Ask.raw("hi"));
        assertThat(answer.pieces()).allMatch(piece -> !piece.contains("\uFFFD"));
        assertThat(answer.pieces())
                .noneMatch(piece -> !piece.isEmpty() && Character.isHighSurrogate(last(piece)));
    }

    @Test
    void theChatTemplateOfTheFileIsApplied() {
        Answer answer = Answer.of(model, Ask.chat("a😀b"));
        // <|im_start|> user \n a😀b <|im_end|> \n <|im_start|> assistant \n
        assertThat(answer.finished().usage().promptTokens()).isEqualTo(1 + 5 + 6 + 2 + 1 + 10);
    }

    @Test
    void theChatTemplateOfTheConfigurationComesFirst() throws Exception {
        Path file = folder.resolve("template.gguf");
        ScriptedModel.saying("x").write(file);
        String template = "<|im_start|>{% for m in messages %}[{{ m['content'] }}]{% endfor %}\n";
        try (LlamaModel other =
                TestingModels.load(
                        TestingModels.withTemplate(
                                TestingModels.spec(file, CONTEXT, 1), template))) {
            Ask ask = Ask.chat(List.of(new Message("user", "ab"), new Message("user", "cd")));
            assertThat(Answer.of(other, ask).finished().usage().promptTokens())
                    .isEqualTo("1[ab][cd]".length());
        }
    }

    @Test
    void maxTokensEndsTheTextAtItsLength() {
        Answer answer = Answer.of(model, Ask.raw("hi").max(4));
        assertThat(answer.text()).isEqualTo("Häl");
        assertThat(answer.finished().reason()).isEqualTo(LENGTH);
        assertThat(answer.finished().usage().completionTokens()).isEqualTo(4);
        assertThat(answer.tokens()).isEqualTo(4);
    }

    @Test
    void aTokenLimitWithinACharacterStillCountsExactly() {
        int snowman = bytes("Hällo ") + 2;
        Answer answer = Answer.of(model, Ask.raw("hi").max(snowman));
        assertThat(answer.text()).isEqualTo("Hällo ");
        assertThat(answer.finished().reason()).isEqualTo(LENGTH);
        assertThat(answer.finished().usage().completionTokens()).isEqualTo(snowman);
    }

    @Test
    void anEndTokenAsTheLastOneAllowedIsAStop() {
        int all = bytes(SCRIPT) + 1;
        assertThat(Answer.of(model, Ask.raw("hi").max(all)).finished().reason()).isEqualTo(STOP);
        Answer shorter = Answer.of(model, Ask.raw("hi").max(all - 1));
        assertThat(shorter.finished().reason()).isEqualTo(LENGTH);
        assertThat(shorter.text()).isEqualTo(SCRIPT);
    }

    @Test
    void aStopStringOverSeveralTokensIsNotPartOfTheText() {
        Answer answer = Answer.of(model, Ask.raw("hi").stop("never", "ENDE"));
        assertThat(answer.text()).isEqualTo("Hällo ☃ wörld 😀, ");
        assertThat(answer.finished().reason()).isEqualTo(STOP);
        assertThat(answer.finished().usage().completionTokens())
                .isEqualTo(bytes("Hällo ☃ wörld 😀, ENDE"));
        assertThat(answer.tokens()).isEqualTo(answer.finished().usage().completionTokens());
    }

    @Test
    void textThatOnlyBeginsLikeAStopStringIsKept() {
        Answer answer = Answer.of(model, Ask.raw("hi").stop("ENDLESS", "mehr!"));
        assertThat(answer.text()).isEqualTo(SCRIPT);
        assertThat(answer.finished().reason()).isEqualTo(STOP);
    }

    @Test
    void theEndOfTheContextIsALength() {
        Answer answer = Answer.of(model, Ask.raw("h".repeat(CONTEXT - 6)));
        assertThat(answer.finished().reason()).isEqualTo(LENGTH);
        assertThat(answer.finished().usage().completionTokens()).isEqualTo(6);
        assertThat(answer.text()).isEqualTo("Hällo");
    }

    @Test
    void aPromptThatFillsTheContextIsRefusedWithTheNumbers() {
        Answer refused = Answer.of(model, Ask.raw("h".repeat(CONTEXT)));
        assertThat(refused.failed().code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(refused.failed().message()).contains("128 tokens").contains("context of 128");
        assertThat(refused.failed().crashed()).isFalse();
        Answer enormous = Answer.of(model, Ask.raw("h".repeat(5_000_000)));
        assertThat(enormous.failed().code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        Answer fits = Answer.of(model, Ask.raw("h".repeat(CONTEXT - 1)));
        assertThat(fits.finished().usage().completionTokens()).isEqualTo(1);
    }

    @Test
    void theBudgetBoundsPromptAndAnswerTogether() {
        Answer cut = Answer.of(model, Ask.raw("hi").total(2 + 6));
        assertThat(cut.text()).isEqualTo("Hällo");
        assertThat(cut.finished().reason()).isEqualTo(LENGTH);
        assertThat(cut.finished().usage().completionTokens()).isEqualTo(6);
        Answer ample = Answer.of(model, Ask.raw("hi").max(1).total(CONTEXT));
        assertThat(ample.finished().usage().completionTokens()).isEqualTo(1);
    }

    @Test
    void aPromptThatExhaustsTheBudgetIsRefusedForGood() {
        for (int budget : new int[] {0, 1, 2}) {
            Answer refused = Answer.of(model, Ask.raw("hi").total(budget));
            assertThat(refused.failed().code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
            assertThat(refused.failed().message()).contains("2 tokens", "has " + budget + " left");
            assertThat(refused.failed().crashed()).isFalse();
        }
    }

    @Test
    void anEmptyPromptIsRefused() {
        assertThat(Answer.of(model, Ask.raw("")).failed().code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aRequestThatWasCancelledBeforeNeverRuns() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        Answer answer = Answer.of(model, Ask.raw("hi"), cancellation, Answer.LONG, (t, n) -> true);
        assertThat(answer.outcome()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(answer.pieces()).isEmpty();
    }

    @Test
    void brokenCharactersOfTheModelDoNotBreakTheStream() throws Exception {
        byte[] script = {'a', (byte) 0xC3, 'b', (byte) 0x80, 'c', (byte) 0xF0, (byte) 0x9F};
        try (LlamaModel broken =
                TestingModels.load(ScriptedModel.saying(script), folder, CONTEXT, 1)) {
            Answer answer = Answer.of(broken, Ask.raw("hi"));
            assertThat(answer.text()).startsWith("a\uFFFDb");
            assertThat(answer.outcome()).isInstanceOf(Outcome.Finished.class);
            assertThat(answer.finished().reason()).isEqualTo(STOP);
        }
    }

    @Test
    void theFactsAreThoseOfTheFile() {
        assertThat(model.facts().contextLength()).isEqualTo(CONTEXT);
        assertThat(model.facts().capabilities())
                .containsExactlyInAnyOrder("chat", "completion", "json_schema");
        assertThat(model.facts().quantization()).isEqualTo("F32");
        assertThat(model.facts().fileDigest()).matches("[0-9a-f]{64}");
        assertThat(model.facts().parameters().orElseThrow()).isGreaterThan(100_000);
        assertThat(model.facts().memoryMb()).isPositive();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }
}
