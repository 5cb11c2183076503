package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Report;

/** Draft by quick, refine and validate by primary; or a preset's stages. */
final class PipelineScripts extends Scripts {

    PipelineScripts() {
        verdicts();
        losses();
        streams();
        presets();
    }

    static String verdict(String word, int score) {
        return "{\"reasons\": [\"reason of %s\"], \"score\": %d, \"verdict\": \"%s\"}"
                .formatted(word, score, word);
    }

    static Saga refined(Saga saga) {
        saga.given(request("r").mode("pipeline"))
                .expect("enqueue r/draft/1 on quick", "timer 51428");
        saga.finished("draft", "rough words")
                .expect("free r/draft/1 on quick", "enqueue r/refine/1 on primary");
        return saga.finished("refine", "fine words")
                .expect("free r/refine/1 on primary", "enqueue r/validate/1 on primary");
    }

    private void verdicts() {
        script(
                "pipeline: the text that is accepted is the answer, with the validator's score",
                s -> {
                    refined(s)
                            .finished("validate", verdict("accept", 9))
                            .expect(
                                    "free r/validate/1 on primary",
                                    "release pins",
                                    "reply COMPLETED fine words",
                                    "usage 21+9",
                                    "timer 3600000");
                    Report report = s.report();
                    assertThat(s.reply().stage()).contains("refine");
                    assertThat(report.confidence()).hasValue(0.9);
                    assertThat(report.confidenceMethod()).contains("validator_score");
                    assertThat(report.modelsUsed()).containsExactly("quick", "primary");
                    assertThat(report.stages())
                            .extracting(Report.StageReport::status)
                            .containsExactly("done", "done", "done");
                });
        script(
                "pipeline: a text that is sent back is written again once, and that is the answer",
                s -> {
                    refined(s)
                            .finished("validate", verdict("revise", 3))
                            .expect(
                                    "free r/validate/1 on primary",
                                    "enqueue r/refine-2/1 on primary");
                    assertThat(s.told("refine-2"))
                            .contains("<draft by=\"quick\">\nrough words", "reason of revise");
                    assertThat(s.inRejected("refine-2", "fine words")).isTrue();
                    assertThat(s.enqueued("refine-2").isFinal()).isTrue();
                    assertThat(s.enqueued("refine-2").stream()).isTrue();
                    s.finished("refine-2", "finest words");
                    assertThat(s.reply().answer().orElseThrow().text()).isEqualTo("finest words");
                    assertThat(s.report().rounds()).isEqualTo(2);
                    assertThat(s.report().confidence()).isEmpty();
                    assertThat(s.report().stages().get(1).status()).isEqualTo("rejected");
                    assertThat(s.report().stages().get(1).score()).hasValue(0.3);
                    assertThat(s.report().decisions())
                            .containsExactly(
                                    "validate sent refine back, with a score of 3 of 10",
                                    "refine-2 is the answer");
                });
        script(
                "pipeline: a verdict that cannot be read leaves the text, without confidence",
                s -> {
                    refined(s)
                            .finished(
                                    "validate",
                                    "{\"reasons\": [], \"score\": 9, \"verdict\": \"maybe\"}");
                    assertThat(s.reply().stage()).contains("refine");
                    assertThat(s.report().confidence()).isEmpty();
                    assertThat(s.report().stages().getLast().status()).isEqualTo("rejected");
                    assertThat(s.report().decisions())
                            .containsExactly(
                                    "the judgement of validate could not be read; refine stands");
                });
    }

    private void losses() {
        script(
                "pipeline: a lost stage fails the whole and undoes what was done",
                s ->
                        refined(s)
                                .lost("validate")
                                .expect(
                                        "free r/validate/1 on primary",
                                        "compensate 0 r/refine: refund 10, release primary",
                                        "compensate 1 r/draft: refund 10",
                                        "release pins",
                                        "reply FAILED context_length_exceeded",
                                        "usage 14+6",
                                        "timer 3600000"));
        script(
                "pipeline: a stage that fails on a worker is tried elsewhere, those before it are kept",
                s -> {
                    s.given(request("r").mode("pipeline")).finished("draft", "rough words");
                    s.failed(Saga.attempt("refine", 1, 1), Code.ENGINE_ERROR, true)
                            .expect("free r/refine/1 on primary", "enqueue r/refine/2 on quick");
                    assertThat(s.told("refine")).contains("rough words");
                    s.finished("refine", 2, "fine words")
                            .finished("validate", verdict("accept", 10));
                    assertThat(s.report().stages().get(1).model()).isEqualTo("quick");
                    assertThat(s.report().modelsUsed()).containsExactly("quick", "primary");
                });
        script(
                "pipeline: a lost first stage fails the whole",
                s -> {
                    s.given(request("r").mode("pipeline")).lost("draft");
                    assertThat(s.reply().error()).isPresent();
                });
        script(
                "pipeline: what is written again may be lost too",
                s -> {
                    refined(s).finished("validate", verdict("revise", 3)).lost("refine-2");
                    assertThat(s.report().compensated())
                            .containsExactly("validate", "refine", "draft");
                });
        script(
                "pipeline: a full queue after a completed stage is a failure, not a rejection",
                s -> {
                    s.given(request("r").mode("pipeline")).finished("draft", "rough words");
                    s.refused("refine", 1, Code.QUEUE_FULL);
                    assertThat(s.reply().status().name()).isEqualTo("FAILED");
                });
    }

    private void streams() {
        script(
                "pipeline: a stage that may be sent back is not streamed; without a validator the last is",
                s -> {
                    s.given(request("r").preset("line"));
                    assertThat(s.enqueued("draft").stream()).isFalse();
                    s.finished("draft", "rough words");
                    assertThat(s.enqueued("refine").stream()).isTrue();
                    assertThat(s.enqueued("refine").isFinal()).isTrue();
                    s.finished("refine", "fine words");
                    assertThat(s.report().decisions()).containsExactly("refine is the answer");
                });
        script(
                "pipeline: streamed drafts of a request that fails are retracted",
                s -> {
                    s.given(request("r").mode("pipeline").streamStages());
                    s.finished("draft", "rough words")
                            .cancelled()
                            .expect(
                                    "retract draft a11",
                                    "compensate 0 r/draft: refund 10, retract",
                                    "withdraw r/refine/1 on primary: cancelled",
                                    "reply CANCELLED cancelled",
                                    "usage 7+3",
                                    "timer 3600000");
                });
    }

    private void presets() {
        script(
                "pipeline: stages of one name are numbered, and so is the one that is written again",
                s -> {
                    s.given(request("r").preset("with-effects")).finished("draft", "one");
                    s.finished("refine", "two")
                            .expect("free r/refine/1 on primary", "enqueue r/refine-2/1 on quick");
                    s.finished("refine-2", "three").finished("validate", verdict("revise", 1));
                    assertThat(s.told("refine-3")).contains("two");
                    assertThat(s.inRejected("refine-3", "three")).isTrue();
                    s.finished("refine-3", "four");
                    assertThat(s.reply().answer().orElseThrow().text()).isEqualTo("four");
                });
        script(
                "pipeline: a preset's model is never replaced",
                s -> {
                    s.given(request("r").preset("line"));
                    s.failed(Saga.attempt("draft", 1, 1), Code.ENGINE_ERROR, true)
                            .expect("free r/draft/1 on quick", "enqueue r/draft/2 on quick");
                });
    }
}
