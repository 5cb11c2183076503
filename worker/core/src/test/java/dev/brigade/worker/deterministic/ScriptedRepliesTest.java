package dev.brigade.worker.deterministic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.config.ModelOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TextModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose file says what they answer. */
@Timeout(30)
class ScriptedRepliesTest {

    private static final String SCHEMA =
            """
            {"type":"object","properties":{"verdict":{"enum":["accept","revise"]},
             "score":{"enum":[0,1,2,3,4,5,6,7,8,9,10]}},"required":["verdict","score"]}
            """;

    @TempDir Path folder = Path.of("");

    private final List<String> pieces = new ArrayList<>();

    @Test
    void theFirstRuleThatMatchesThePromptIsSaid() throws Exception {
        TextModel model =
                load(
                        """
                        replies:
                          - when: <draft
                            say: '{"issues":[],"score":9}'
                          - when: "user: What is"
                            say: A fjord.
                          - when: <draft
                            say: never said
                        """);

        assertThat(text(model, ask("Judge <draft>x</draft>")))
                .isEqualTo("{\"issues\":[],\"score\":9}");
        assertThat(text(model, ask("What is it?"))).isEqualTo("A fjord.");
        assertThat(text(model, ask("other"))).doesNotContain("fjord.", "score");
    }

    @Test
    void whatIsSaidIsSaidToTheLetter() throws Exception {
        TextModel model =
                load(
                        """
                        replies:
                          - say: |-
                              Two  lines,
                               a very-very-long-word and \uD83D\uDE42
                        """);

        assertThat(text(model, ask("x")))
                .isEqualTo("Two  lines,\n a very-very-long-word and \uD83D\uDE42");
        assertThat(pieces)
                .containsExactly(
                        "Two",
                        "  lines,",
                        "\n a",
                        " very-very-lo",
                        "ng-word",
                        " and",
                        " \uD83D\uDE42");
    }

    @Test
    void aRuleMayNameTheJobInsteadOfThePrompt() throws Exception {
        TextModel model =
                load(
                        """
                        replies:
                          - job: /critique-2/
                            say: second
                          - job: /critique-1/
                            when: draft
                            say: first
                        """);

        assertThat(text(model, ask("draft").job("r/critique-1/1"))).isEqualTo("first");
        assertThat(text(model, ask("draft").job("r/critique-2/1"))).isEqualTo("second");
        assertThat(text(model, ask("none").job("r/critique-1/1"))).isNotEqualTo("first");
    }

    @Test
    void ofSeveralTextsTheSeedChooses() throws Exception {
        TextModel model = load("replies: [{say: [zero, one, two]}]");

        assertThat(text(model, ask("x").seed(1))).isEqualTo("one");
        assertThat(text(model, ask("x").seed(5))).isEqualTo("two");
        assertThat(text(model, ask("x").seed(-1))).isEqualTo("two");
        assertThat(text(model, ask("x"))).isEqualTo("zero");
    }

    @Test
    void whatIsSaidIsCutByTheTokenLimitAndTheBudget() throws Exception {
        TextModel model = load("replies: [{say: one two three four}]");

        assertThat(text(model, ask("x").max(2))).isEqualTo("one two");
        assertThat(finished(model, ask("x").max(2)).reason()).isEqualTo(Outcome.Reason.LENGTH);
        assertThat(finished(model, ask("x").max(4)).reason()).isEqualTo(Outcome.Reason.STOP);
        // "user: x" are two tokens.
        assertThat(text(model, ask("x").total(5))).isEqualTo("one two three");
        assertThat(failed(model, ask("x").total(2)).code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
    }

    @Test
    void aSilentRuleFinishesWithoutAToken() throws Exception {
        TextModel model = load("replies: [{say: ''}]");

        assertThat(finished(model, ask("x")).usage().completionTokens()).isZero();
        assertThat(finished(model, ask("x")).reason()).isEqualTo(Outcome.Reason.STOP);
    }

    @Test
    void aRuleMayFailEveryCall() throws Exception {
        TextModel model = load("replies: [{when: bad, fail: context_length_exceeded}]");

        for (int i = 0; i < 3; i++) {
            Outcome.Failed failed = failed(model, ask("bad"));
            assertThat(failed.code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
            assertThat(failed.crashed()).isFalse();
        }
        assertThat(pieces).isEmpty();
        assertThat(text(model, ask("good"))).isNotEmpty();
    }

    @Test
    void aRuleMayFailTheFirstCallsAndThenAnswer() throws Exception {
        TextModel model =
                load("replies: [{when: bad, fail: engine_error, times: 2, say: at last}]");

        assertThat(failed(model, ask("bad")).code()).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(text(model, ask("good"))).isNotEqualTo("at last");
        assertThat(failed(model, ask("bad")).code()).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(text(model, ask("bad"))).isEqualTo("at last");
        assertThat(text(model, ask("bad"))).isEqualTo("at last");
    }

    @Test
    void aFailureThatIsUsedUpLeavesTheCallToLaterRules() throws Exception {
        TextModel model = load("replies: [{crash: 1}, {say: later}]");

        Outcome.Failed crash = failed(model, ask("x"));

        assertThat(crash.code()).isEqualTo(ErrorCode.ENGINE_CRASHED);
        assertThat(crash.crashed()).isTrue();
        assertThat(text(model, ask("x"))).isEqualTo("later");
    }

    @Test
    void aFailureMayComeInMidText() throws Exception {
        TextModel model =
                load("replies: [{crash: 1, after_tokens: 2, say: one two three}, {say: whole}]");

        assertThat(failed(model, ask("x")).crashed()).isTrue();
        assertThat(pieces).containsExactly("one", " two");
        assertThat(text(model, ask("x"))).isEqualTo("one two three");
    }

    @Test
    void aFailureAfterMoreTokensThanThereAreComesAtTheEnd() throws Exception {
        TextModel model = load("replies: [{fail: engine_error, after_tokens: 100, say: one two}]");

        assertThat(failed(model, ask("x")).code()).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(pieces).containsExactly("one", " two");
    }

    @Test
    void aRuleMayBeSlower() throws Exception {
        TextModel model = load("replies: [{when: slow, tokens_per_second: 1}]");

        assertThat(text(model, ask("fast"))).isNotEmpty();
        assertThat(run(model, ask("slow"), Duration.ofMillis(1)))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        late -> assertThat(late.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void aSchemaIsAnsweredWithADocumentThatPromptAndSeedChoose() throws Exception {
        TextModel model = load("");

        String first = text(model, ask("x").schema(SCHEMA).seed(1));

        assertThat(first).matches("\\{\"verdict\":\"(accept|revise)\",\"score\":\\d+}");
        assertThat(text(model, ask("x").schema(SCHEMA).seed(1))).isEqualTo(first);
        assertThat(pieces.size()).as("a document is several tokens").isGreaterThan(1);
        assertThat(model.facts().capabilities()).contains("json_schema");
        assertThat(finished(model, ask("x").schema(SCHEMA).max(1)).reason())
                .isEqualTo(Outcome.Reason.LENGTH);
    }

    @Test
    void aJsonObjectIsOne() throws Exception {
        assertThat(text(load(""), ask("x").constraint(new Constraint.JsonObject())))
                .matches("\\{\"answer\":\"[a-z ]+\"}");
    }

    @Test
    void aSchemaThatItCannotKeepIsRefused() throws Exception {
        Outcome.Failed refused = failed(load(""), ask("x").schema("{\"pattern\":\"a\"}"));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.message()).startsWith("response_format: ").contains("pattern");
    }

    @Test
    void propertiesMayBeWrittenEitherWay() throws Exception {
        TextModel model =
                load(
                        """
                        # a comment
                        answer_tokens=3
                        memory_mb: 7
                        replies:
                          - when: a=b
                            say: c=d
                        """);

        assertThat(finished(model, ask("x")).usage().completionTokens()).isEqualTo(3);
        assertThat(model.facts().memoryMb()).isEqualTo(7);
        assertThat(text(model, ask("a=b"))).isEqualTo("c=d");
    }

    @Test
    void theExampleInTheDocumentsAnswersAsTheySay() throws Exception {
        String page = Files.readString(Path.of("../docs/deterministic-models.md"));
        int start = page.indexOf("#deterministic-model\n");
        TextModel model = load(page.substring(start, page.indexOf("```", start)));

        assertThat(text(model, ask("<draft").job("r/critique-1/1"))).contains("\"score\":4");
        assertThat(text(model, ask("<draft").job("r/critique-2/1"))).contains("\"score\":9");
        assertThat(text(model, ask("x").job("r/answer-1.2/1").seed(2))).isEqualTo("Lyon");
        assertThat(failed(model, ask("capital")).code()).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(failed(model, ask("capital")).code()).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(text(model, ask("capital"))).isEqualTo("Paris");
        assertThat(failed(model, ask("x").job("r/refine/1")).crashed()).isTrue();
        assertThat(pieces).containsExactly("a", " text", " that");
        assertThat(text(model, ask("x").job("r/refine/2"))).endsWith("breaks off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "speed: 3|speed is not a property; known are [answer_tokens, delay_ms",
                "load_ms: -1|load_ms must be 0 to 1000000, not -1",
                "load_ms: many|load_ms must be 0 to 1000000, not many",
                "load_ms: 1, 2|load_ms must be 0 to 1000000, not 1, 2",
                "replies: 3|replies must be a list of at most 256",
                "replies: [3]|replies[0]: must be a mapping",
                "replies: [{}]|replies[0]: needs one of say, fail, crash and tokens_per_second",
                "replies: [{say: a}, {say: 7}]|replies[1]: say must be 0 to 100000 characters",
                "replies: [{say: []}]|say must be a text or a list of 1 to 64 texts",
                "replies: [{when: '', say: a}]|when must be 1 to 1000 characters",
                "replies: [{say: a, then: b}]|then is not a property; known are [after_tokens",
                "replies: [{fail: oops}]|fail is no error code: oops",
                "replies: [{fail: engine_error, times: 0}]|times must be 1 to 1000000, not 0",
                "replies: [{crash: 0}]|crash must be 1 to 1000000, not 0",
                "replies: [{crash: 1, fail: engine_error}]|fail and crash exclude each other",
                "replies: [{say: a, times: 2}]|times needs fail",
                "replies: [{crash: 2, times: 2}]|times needs fail",
                "replies: [{say: a, after_tokens: 2}]|after_tokens needs fail or crash",
                "replies: [{say: a|is not valid YAML at line",
                "[]|must be a mapping",
            })
    void aWrongPropertyIsNamedWithItsPlaceAndRange(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("model file " + folder.resolve("model"))
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aFileIsBounded() {
        String many = "replies:\n" + "- say: a\n".repeat(257);
        assertThatThrownBy(() -> load(many)).hasMessageContaining("a list of at most 256");
        String large = "replies:\n" + "- say: aaaaaaaaaaaaaaaaa\n".repeat(50_000);
        assertThatThrownBy(() -> load(large)).hasMessageContaining("over 1048576 characters");
    }

    private TextModel load(String yaml) throws Exception {
        Path file = folder.resolve("model");
        Files.writeString(file, "#deterministic-model\n" + yaml);
        ModelSpec spec =
                new ModelSpec(
                        "m",
                        file,
                        64,
                        1,
                        0,
                        0,
                        List.of("fast"),
                        Optional.empty(),
                        Optional.empty(),
                        ModelOptions.DEFAULT);
        return (TextModel) new DeterministicBackend().load(spec, BackendContext.alone());
    }

    private String text(TextModel model, Ask ask) {
        var _ = finished(model, ask);
        return String.join("", pieces);
    }

    private Outcome.Finished finished(TextModel model, Ask ask) {
        Outcome outcome = run(model, ask, Duration.ofMinutes(1));
        if (outcome instanceof Outcome.Finished finished) {
            return finished;
        }
        throw new AssertionError("not finished but " + outcome);
    }

    private Outcome.Failed failed(TextModel model, Ask ask) {
        Outcome outcome = run(model, ask, Duration.ofMinutes(1));
        if (outcome instanceof Outcome.Failed failed) {
            return failed;
        }
        throw new AssertionError("not failed but " + outcome);
    }

    private Outcome run(TextModel model, Ask ask, Duration limit) {
        pieces.clear();
        return model.generate(
                ask.request(),
                (piece, tokens) -> {
                    assertThat(tokens).isEqualTo(1);
                    return pieces.add(piece);
                },
                new Cancellation(),
                limit);
    }

    private static Ask ask(String content) {
        return new Ask(
                content,
                "r/answer/1",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                new Constraint.None());
    }

    /** A chat of one message, to be filled in. */
    private record Ask(
            String content,
            String jobId,
            OptionalInt maxTokens,
            OptionalInt totalTokens,
            OptionalLong seed,
            Constraint constraint) {

        Ask job(String id) {
            return new Ask(content, id, maxTokens, totalTokens, seed, constraint);
        }

        Ask max(int tokens) {
            return new Ask(content, jobId, OptionalInt.of(tokens), totalTokens, seed, constraint);
        }

        Ask total(int tokens) {
            return new Ask(content, jobId, maxTokens, OptionalInt.of(tokens), seed, constraint);
        }

        Ask seed(long value) {
            return new Ask(
                    content, jobId, maxTokens, totalTokens, OptionalLong.of(value), constraint);
        }

        Ask schema(String schema) {
            return constraint(new Constraint.JsonSchema(schema));
        }

        Ask constraint(Constraint form) {
            return new Ask(content, jobId, maxTokens, totalTokens, seed, form);
        }

        GenerationRequest request() {
            Prompt prompt = new Prompt.Chat(List.of(new Message("user", content)));
            return GenerationRequest.builder(jobId, prompt)
                    .maxTokens(maxTokens)
                    .totalTokens(totalTokens)
                    .seed(seed)
                    .constraint(constraint)
                    .build();
        }
    }
}
