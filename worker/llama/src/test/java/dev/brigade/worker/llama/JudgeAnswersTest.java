package dev.brigade.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped models as judges: whatever they think, it has the form that was asked for. */
class JudgeAnswersTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path FOLDER = Path.of("../../ops/demo-models/models");
    private static final int CONTEXT = 1024;
    private static final int SEEDS = 4;

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

    @ParameterizedTest
    @ValueSource(strings = {"brigade-demo-fast", "brigade-demo-primary"})
    void aCriticNamesIssuesAndThenGivesAScore(String id) throws Exception {
        for (Answer answer : answers(id, CRITIQUE, LONGEST_CRITIQUE)) {
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

    @ParameterizedTest
    @ValueSource(strings = {"brigade-demo-fast", "brigade-demo-primary"})
    void aValidatorGivesReasonsAndAScoreAndThenItsVerdict(String id) throws Exception {
        for (Answer answer : answers(id, VERDICT, LONGEST_VERDICT)) {
            JsonNode verdict = parsed(answer);
            assertThat(verdict.propertyNames()).containsExactly("reasons", "score", "verdict");
            assertThat(verdict.get("reasons").size()).isLessThanOrEqualTo(3);
            verdict.get("reasons").forEach(reason -> assertLength(reason, 120));
            assertScore(verdict);
            assertThat(verdict.get("verdict").stringValue()).isIn("accept", "revise");
        }
    }

    private static List<Answer> answers(String id, String schema, int maxTokens) throws Exception {
        Path file = FOLDER.resolve(id + ".gguf");
        try (LlamaModel model = TestingModels.load(TestingModels.spec(file, CONTEXT, 1))) {
            return PROMPTS.stream()
                    .map(prompt -> Ask.chat(prompt).schema(schema).max(maxTokens))
                    .flatMap(ask -> Stream.concat(Stream.of(ask), seeded(ask)))
                    .map(ask -> Answer.of(model, ask))
                    .toList();
        }
    }

    private static Stream<Ask> seeded(Ask ask) {
        return IntStream.range(0, SEEDS).mapToObj(seed -> ask.seed(seed).temperature(0.5 * seed));
    }

    private static JsonNode parsed(Answer answer) {
        assertThat(answer.finished().reason()).as(answer.text()).isEqualTo(Outcome.Reason.STOP);
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
