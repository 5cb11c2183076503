package dev.brigade.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests of whole orchestrations rely on: models whose part is known. */
class ScriptedParticipantsTest {

    private static final String VERDICT =
            """
            {"type": "object", "properties": {
               "reasons": {"type": "array", "maxItems": 3, "items": {"type": "string"}},
               "score": {"enum": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]},
               "verdict": {"enum": ["accept", "revise"]}},
             "required": ["reasons", "score", "verdict"], "additionalProperties": false}
            """;

    @TempDir private Path folder;

    @Test
    void aJudgeSaysItsScriptUnderTheSchemaThatAllowsIt() throws Exception {
        String script = "{\"reasons\": [\"too short\"], \"score\": 10, \"verdict\": \"revise\"}";
        try (LlamaModel judge = load(ScriptedModel.saying(script))) {
            Answer answer = Answer.of(judge, Ask.chat("<draft>x</draft>").schema(VERDICT));

            assertThat(answer.text()).isEqualTo(script);
            assertThat(answer.finished().reason()).isEqualTo(Outcome.Reason.STOP);
        }
    }

    @Test
    void samplesOfOneModelDifferBySeed() throws Exception {
        try (LlamaModel model = load(ScriptedModel.sayingOneOf("Paris", "Lyon", "Paris"))) {
            Ask ask = Ask.chat("capital?").temperature(0.8);
            var texts =
                    IntStream.range(0, 40)
                            .mapToObj(seed -> Answer.of(model, ask.seed(seed)).text())
                            .toList();

            assertThat(texts).contains("Paris", "Lyon").containsOnly("Paris", "Lyon");
            assertThat(texts.stream().filter("Paris"::equals).count()).isGreaterThan(20);
            assertThat(Answer.of(model, ask.seed(3)).text()).isEqualTo(texts.get(3));
            assertThat(Answer.of(model, Ask.chat("capital?")).text())
                    .isEqualTo(Answer.of(model, Ask.chat("or?")).text());
        }
    }

    private LlamaModel load(ScriptedModel model) throws Exception {
        return TestingModels.load(model, folder, 1024, 1);
    }
}
