package dev.brigade.standalone.saga;

import static dev.brigade.standalone.saga.TestingLog.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class SagaPageTest {

    @Test
    void readsAsAStory() {
        TestingLog log =
                new TestingLog("r1")
                        .asked()
                        .released("draft", 1, 5)
                        .started("draft", 1, "w1", 8)
                        .failed("draft", 1, "w1", "engine_error", 20)
                        .released("draft", 2, 22)
                        .started("draft", 2, "w2", 25)
                        .finished("draft", 2, "w2", "a draft", 60)
                        .compensation(Topics.COMPENSATIONS, "draft", 0, 1, 100)
                        .compensation(TOPIC, "draft", 0, 1, 100)
                        .answered("draft", 1, true, 1_250)
                        .failedWhole("engine_error", 100, TestingLog.report("draft", "done"));

        assertThat(page(log))
                .containsExactly(
                        "request r1",
                        "  arrived    2023-11-14T22:13:20Z",
                        "  request    chat in inference.requests, partition 0, offset 0",
                        "  asked      mode not named, preset demo-effects, priority normal, tenant"
                                + " default, deadline 30.000 s, at most 900 tokens",
                        "  size       messages: 2, characters: 28",
                        "",
                        "stages (times in seconds after arrival)",
                        "  stage  kind      model  worker  status  attempts  released  started"
                                + "  finished  tokens  score  prompt",
                        "  draft  generate  m      w2      done    2         0.005     0.011  "
                                + "  0.033     10+5    0.75   pipeline/draft@1",
                        "  draft attempt 1.1 on w1: engine_error, 0.008 to 0.020",
                        "  draft attempt 2.1 on w2: finished, 0.025 to 0.060",
                        "",
                        "how it came about",
                        "  mode       pipeline of preset demo-effects",
                        "  models     m",
                        "  rounds     1",
                        "  confidence 0.90 by validator_score",
                        "  agreed     1 point",
                        "  decision   validate accepted the text",
                        "  skipped    refine-2: deadline",
                        "  model time 0.040 s",
                        "",
                        "terminal",
                        "  failed at +0.100 s, engine_error",
                        "  message    no answer",
                        "",
                        "compensations (newest stage first)",
                        "  0 draft: done (refund 15 tokens, undo the effect by effects)",
                        "    +0.100 s  issued, attempt 1",
                        "    +0.100 s  sent, attempt 1",
                        "    +1.250 s  done, attempt 1");
    }

    @Test
    void saysThatARequestIsOpen() {
        assertThat(page(new TestingLog("r1").asked()))
                .contains("  none", "  none yet: the request is open");
    }

    @Test
    void whatOthersWroteDoesNotCommandTheTerminal() {
        TestingLog log =
                new TestingLog("r1")
                        .asked()
                        .completed("a\u001b[31mred\u0007\nb", 9, TestingLog.report("x", "done"));

        List<String> lines = SagaPage.of(SagaStory.tell("r1", log.entries(), true).orElseThrow());

        assertThat(lines).contains("  text       a?[31mred?\nb");
    }

    private static List<String> page(TestingLog log) {
        return SagaPage.of(SagaStory.tell("r1", log.entries(), false).orElseThrow());
    }
}
