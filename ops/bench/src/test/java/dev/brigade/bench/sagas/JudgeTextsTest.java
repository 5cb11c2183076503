package dev.brigade.bench.sagas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JudgeTextsTest {

    @Test
    void judgesAnswerInTheirSchemaAndAreNeverContent() {
        JsonNode critique = JsonMapper.shared().readTree(JudgeTexts.reply("critique-1", 1_000));
        assertThat(critique.path("score").asInt()).isEqualTo(3);
        assertThat(critique.path("issues").path(0).propertyNames())
                .containsExactlyInAnyOrder("quote", "problem");
        JsonNode verdict = JsonMapper.shared().readTree(JudgeTexts.reply("validate", 1_000));
        assertThat(verdict.path("verdict").asString()).isEqualTo("revise");
        assertThat(verdict.path("reasons").path(0).isString()).isTrue();
    }

    @Test
    void everyReplyHasAboutTheWantedLength() {
        for (String stage : new String[] {"draft", "critique-2", "validate", "answer-1.2"}) {
            assertThat(JudgeTexts.reply(stage, 1_000)).hasSizeBetween(990, 1_010);
        }
    }

    @Test
    void repliesOfTwoStagesHaveNoWordInCommon() {
        Set<String> one = words(JudgeTexts.reply("answer-1.1", 1_000));
        Set<String> other = words(JudgeTexts.reply("answer-1.2", 1_000));
        one.retainAll(other);
        // The last word is cut.
        assertThat(one).hasSizeLessThan(2);
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.split(" ")));
    }
}
