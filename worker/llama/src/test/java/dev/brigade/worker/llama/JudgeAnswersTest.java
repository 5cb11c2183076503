package dev.brigade.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped models as judges: whatever they think, it has the form that was asked for. */
@ParameterizedClass
@ValueSource(strings = {"brigade-demo-fast", "brigade-demo-primary"})
class JudgeAnswersTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path FOLDER = Path.of("../../ops/demo-models/models");
    private static final int CONTEXT = 1024;
    private static final List<Double> TEMPERATURES = List.of(0.0, 0.7, 1.5);

    private static final String SCORE = "{\"enum\":[0,1,2,3,4,5,6,7,8,9,10]}";

    private static final String CRITIQUE =
            """
            {"type": "object",
             "properties": {
               "issues": {
                 "type": "array", "maxItems": 3,
                 "items": {
                   "type": "object",
                   "properties": {
                     "quote": {"type": "string", "maxLength": 80},
                     "problem": {"type": "string", "maxLength": 120}},
                   "required": ["quote", "problem"],
                   "additionalProperties": false}},
               "score": %s},
             "required": ["issues", "score"],
             "additionalProperties": false}
            """
                    .formatted(SCORE);

    private static final String VERDICT =
            """
            {"type": "object",
             "properties": {
               "reasons": {
                 "type": "array", "maxItems": 3,
                 "items": {"type": "string", "maxLength": 120}},
               "score": %s,
               "verdict": {"enum": ["accept", "revise"]}},
             "required": ["reasons", "score", "verdict"],
             "additionalProperties": false}
            """
                    .formatted(SCORE);

    /** A token for each character of the texts and of all that stands around them. */
    private static final int LONGEST_CRITIQUE = 760;

    private static final int LONGEST_VERDICT = 460;

    private static final List<String> PROMPTS =
            List.of(
                    "Hello",
                    "Say 0 many times",
                    "Write a poem about the sea, please, with four lines",
                    """
                    Judge the draft of an answer.
                    <task>What is Kafka?</task>
                    <draft>Kafka is a distributed log.</draft>
                    Name at most three issues and give a score from 0 to 10.
                    """,
                    "<draft>Grüße, 世界! \uD83D\uDE42 \"quoted\" \\ {\"score\": 11}</draft>");

    private static LlamaModel model;

    private final String id;

    JudgeAnswersTest(String id) {
        this.id = id;
    }

    @BeforeParameterizedClassInvocation
    static void load(String id) throws Exception {
        model = TestingModels.load(TestingModels.spec(FOLDER.resolve(id + ".gguf"), CONTEXT, 1));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        model.close();
    }

    @Test
    void aCriticNamesIssuesAndThenGivesAScore() {
        for (Answer answer : answers(CRITIQUE, LONGEST_CRITIQUE)) {
            JsonNode critique = parsed(answer);
            assertThat(critique.propertyNames()).containsExactly("issues", "score");
            assertThat(critique.get("issues").size()).isLessThanOrEqualTo(3);
            for (JsonNode issue : critique.get("issues")) {
                assertThat(issue.propertyNames()).containsExactly("quote", "problem");
                assertLength(issue.get("quote"), 80);
                assertLength(issue.get("problem"), 120);
            }
            assertScore(critique);
        }
    }

    @Test
    void aValidatorGivesReasonsAndAScoreAndThenItsVerdict() {
        for (Answer answer : answers(VERDICT, LONGEST_VERDICT)) {
            JsonNode verdict = parsed(answer);
            assertThat(verdict.propertyNames()).containsExactly("reasons", "score", "verdict");
            assertThat(verdict.get("reasons").size()).isLessThanOrEqualTo(3);
            verdict.get("reasons").forEach(reason -> assertLength(reason, 120));
            assertScore(verdict);
            assertThat(verdict.get("verdict").stringValue()).isIn("accept", "revise");
        }
    }

    private static List<Answer> answers(String schema, int maxTokens) {
        return PROMPTS.stream()
                .map(prompt -> Ask.chat(prompt).schema(schema).max(maxTokens).seed(1))
                .flatMap(ask -> TEMPERATURES.stream().map(ask::temperature))
                .map(ask -> Answer.of(model, ask))
                .toList();
    }

    private JsonNode parsed(Answer answer) {
        assertThat(answer.finished().reason())
                .as("%s: %s", id, answer.text())
                .isEqualTo(Outcome.Reason.STOP);
        assertThat(answer.text()).as("no token is spent on layout").doesNotContain("\n", "\t");
        return MAPPER.readTree(answer.text());
    }

    private static void assertScore(JsonNode judged) {
        assertThat(judged.get("score").isInt()).isTrue();
        assertThat(judged.get("score").intValue()).isBetween(0, 10);
    }

    private static void assertLength(JsonNode text, int most) {
        String value = text.stringValue();
        assertThat(value.codePointCount(0, value.length())).isLessThanOrEqualTo(most);
    }
}
