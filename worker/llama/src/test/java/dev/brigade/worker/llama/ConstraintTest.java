package dev.brigade.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import dev.brigade.worker.llama.schema.RandomSchemas;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to a model of random weights: what has a form has it by constraint alone. */
class ConstraintTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir private static Path folder;
    private static LlamaModel model;
    private static long pid;

    @BeforeAll
    static void load() throws Exception {
        model = TestingModels.loadRandom(folder, 2);
        pid = model.engine().orElseThrow().pid();
    }

    @AfterAll
    static void close() {
        long last = model.engine().orElseThrow().pid();
        model.close();
        assertThat(last).as("no request ended the engine").isEqualTo(pid);
    }

    @Test
    void theSameSeedGivesTheSameText() {
        Ask ask = Ask.raw("once upon").temperature(1).max(24);
        String text = Answer.of(model, ask.seed(7)).text();
        assertThat(text).isNotBlank();
        assertThat(Answer.of(model, ask.seed(7)).text()).isEqualTo(text);
        assertThat(Answer.of(model, ask.seed(8)).text()).isNotEqualTo(text);
        assertThat(Answer.of(model, ask.seed(-1)).text())
                .isEqualTo(Answer.of(model, ask.seed(-1)).text());
    }

    @Test
    void theTextHasTheFormOfTheSchema() {
        String schema =
                """
                {"type": "object", "title": "a verdict", "additionalProperties": false,
                 "properties": {
                   "verdict": {"enum": ["good", "bad", null]},
                   "score": {"type": "integer", "minimum": 0, "maximum": 10},
                   "sure": {"type": "boolean"},
                   "marks": {"type": "array", "items": {"$ref": "#/$defs/mark"},
                             "minItems": 2, "maxItems": 3}},
                 "required": ["verdict", "score", "sure", "marks"],
                 "$defs": {"mark": {"type": "string", "enum": ["a", "ü😀"]}}}
                """;
        for (int seed = 0; seed < 5; seed++) {
            Answer answer = Answer.of(model, Ask.raw("x").schema(schema).temperature(1).seed(seed));
            assertThat(answer.finished().reason()).isEqualTo(Outcome.Reason.STOP);
            JsonNode json = MAPPER.readTree(answer.text());
            assertThat(json.propertyNames())
                    .containsExactlyInAnyOrder("verdict", "score", "sure", "marks");
            assertThat(json.get("score").intValue()).isBetween(0, 10);
            assertThat(json.get("marks").size()).isBetween(2, 3);
            assertThat(json.get("marks").get(0).stringValue()).isIn("a", "ü😀");
        }
    }

    @Test
    void aJsonObjectBeginsAsOne() {
        Answer answer =
                Answer.of(
                        model,
                        Ask.raw("x").constraint(new Constraint.JsonObject()).max(40).seed(3));
        assertThat(answer.text().strip()).startsWith("{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "true",
                "{\"type\": 5}",
                "{\"type\": \"blob\"}",
                "{\"properties\": []}",
                "{\"$ref\": \"#/$defs/none\"}",
                "{\"type\": \"string\", \"pattern\": \"(\"}",
                "{\"type\": \"object\", \"properties\": {\"$ref\": {}}}",
                "{\"enum\": [1e999]}"
            })
    void aSchemaThatCannotBeEnforcedIsRefusedAndANeighbourIsServed(String schema) {
        Answer refused = Answer.of(model, Ask.raw("x").schema(schema));
        assertThat(refused.failed().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.failed().message()).startsWith("response_format: ");
        assertThat(Answer.of(model, Ask.raw("x").max(1)).outcome())
                .isInstanceOf(Outcome.Finished.class);
    }

    /** The engine passes over a grammar that it cannot read in silence, and then says words. */
    @Test
    void everyAcceptedSchemaHoldsAndNoneEndsTheEngine() {
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        int served = 0;
        for (int i = 0; i < 200; i++) {
            String schema = RandomSchemas.next(random);
            Answer answer = Answer.of(model, Ask.raw("x").schema(schema).max(2).temperature(1));
            boolean crashed = answer.outcome() instanceof Outcome.Failed f && f.crashed();
            assertThat(crashed).as("seed %d, schema %s", seed, schema).isFalse();
            if (answer.outcome() instanceof Outcome.Finished) {
                served++;
                assertThat(answer.text())
                        .as("seed %d, schema %s", seed, schema)
                        .matches(ConstraintTest::beginsJson);
            }
        }
        assertThat(served).as("seed %d", seed).isGreaterThan(40);
    }

    private static boolean beginsJson(String text) {
        String start = text.strip();
        return start.isEmpty()
                || "{[\"-0123456789".indexOf(start.charAt(0)) >= 0
                || Stream.of("true", "false", "null").anyMatch(w -> w.startsWith(start));
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        for (double bad :
                new double[] {
                    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1e300
                }) {
            for (int field = 0; field < 6; field++) {
                Outcome outcome = run(withNumber(field, bad));
                assertThat(outcome).isInstanceOf(Outcome.Failed.class);
                assertThat(((Outcome.Failed) outcome).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            }
        }
        assertThat(Answer.of(model, Ask.raw("x").max(0)).failed().message()).contains("max_tokens");
        assertThat(Answer.of(model, Ask.raw("x").max(1)).outcome())
                .isInstanceOf(Outcome.Finished.class);
    }

    @Test
    void badStopsAndRolesAreRefused() {
        assertThat(Answer.of(model, Ask.raw("x").stop("")).failed().code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(Answer.of(model, Ask.chat(List.of(new Message("", "x")))).failed().code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(Answer.of(model, Ask.chat(List.of(new Message("user", "")))).outcome())
                .isInstanceOf(Outcome.Finished.class);
    }

    @Test
    void strangeCharactersInAPromptAreNoTrouble() {
        String strange = "\0\u0001\"\\\uD800 \uF8F1\uF8F2 {{ x }} {% raw %} </s> 😀";
        assertThat(Answer.of(model, Ask.raw(strange).max(1)).outcome())
                .isInstanceOf(Outcome.Finished.class);
        assertThat(Answer.of(model, Ask.chat(strange).max(1)).outcome())
                .isInstanceOf(Outcome.Finished.class);
    }

    private static Outcome run(GenerationRequest request) {
        return model.generate(request, (text, tokens) -> true, new Cancellation(), Answer.LONG);
    }

    private static GenerationRequest withNumber(int field, double value) {
        OptionalDouble[] numbers = new OptionalDouble[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i == field ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
        return GenerationRequest.builder("r", new Prompt.Raw("x"))
                .maxTokens(OptionalInt.of(1))
                .temperature(numbers[0])
                .topP(numbers[1])
                .minP(numbers[2])
                .presencePenalty(numbers[3])
                .frequencyPenalty(numbers[4])
                .repeatPenalty(numbers[5])
                .build();
    }
}
