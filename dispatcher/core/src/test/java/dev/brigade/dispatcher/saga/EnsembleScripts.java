package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Report;
import java.util.OptionalLong;

/** Three samples of primary, or the answers of a preset's models. */
final class EnsembleScripts extends Scripts {

    private static final String[] SAMPLES = {
        "enqueue r/sample-1/1 on primary",
        "enqueue r/sample-2/1 on primary",
        "enqueue r/sample-3/1 on primary",
        "timer 60000"
    };

    EnsembleScripts() {
        samples();
        models();
        losses();
    }

    private static Saga begun(Saga saga) {
        return saga.given(request("r").mode("ensemble")).expect(SAMPLES);
    }

    private static Saga sampled(Saga s, String first, String second, String third) {
        return s.finished("sample-1", first)
                .finished("sample-2", second)
                .finished("sample-3", third);
    }

    private void samples() {
        script(
                "ensemble: what most samples say is the answer",
                s -> {
                    sampled(begun(s), "Answer: 41", "Answer: 42", "The answer is 42")
                            .expect(
                                    "free r/sample-3/1 on primary",
                                    "enqueue r/synthesise/1 on primary");
                    s = begun(s.fresh());
                    sampled(s, "Answer: 42", "Answer: 42", "Answer: 42")
                            .expect(
                                    "free r/sample-3/1 on primary",
                                    "release pins",
                                    "reply COMPLETED Answer: 42",
                                    "usage 21+9",
                                    "timer 3600000");
                    Report report = s.report();
                    assertThat(report.mode()).isEqualTo("ensemble");
                    assertThat(report.agreement()).hasValue(1);
                    assertThat(report.agreementMethod()).contains("exact_match");
                    assertThat(report.confidence()).hasValue(1);
                    assertThat(report.confidenceMethod()).contains("majority_share");
                    assertThat(report.decisions())
                            .containsExactly(
                                    "the answers agree to 1.00 by exact_match, enough for 0.70",
                                    "sample-1 says what most say");
                });
        script(
                "ensemble: of longer texts that agree the one nearest to all is the answer",
                s -> {
                    String text =
                            "Kafka is a distributed log that keeps records in topics for all readers";
                    sampled(
                            begun(s),
                            text + " there are",
                            text + " there ever were",
                            text + " there");
                    assertThat(s.report().confidenceMethod()).contains("mean_similarity");
                    assertThat(s.reply().stage()).contains("sample-3");
                });
        script(
                "ensemble: samples differ by their seeds and are warm",
                s -> {
                    s.given(request("r").mode("ensemble"));
                    var first = s.enqueued("sample-1").sampling();
                    assertThat(first.temperature()).hasValue(0.8);
                    assertThat(s.enqueued("sample-2").sampling().seed())
                            .isEqualTo(OptionalLong.of(first.seed().orElseThrow() + 1));
                    assertThat(s.enqueued("sample-1").isFinal()).isFalse();
                });
        script(
                "ensemble: one answer is made of samples that do not agree",
                s -> {
                    sampled(begun(s), "Answer: 1", "Answer: 2", "Answer: 3");
                    assertThat(s.enqueued("synthesise").isFinal()).isTrue();
                    assertThat(s.told("synthesise"))
                            .contains("Answer: 1", "Answer: 2", "Answer: 3");
                    s.finished("synthesise", "It is 2.");
                    assertThat(s.reply().stage()).contains("synthesise");
                    assertThat(s.report().stages().getLast().kind()).isEqualTo("synthesise");
                    assertThat(s.report().conflicts()).isNotEmpty();
                    assertThat(s.report().decisions())
                            .containsExactly(
                                    "the answers agree to 0.33 by exact_match, below 0.70",
                                    "synthesise made one answer of all");
                });
    }

    private void models() {
        script(
                "ensemble: a preset's models answer once each",
                s -> {
                    s.given(request("r").preset("choir"))
                            .expect(
                                    "enqueue r/answer-1.1/1 on primary",
                                    "enqueue r/answer-1.2/1 on quick",
                                    "enqueue r/answer-1.3/1 on spare",
                                    "timer 60000");
                    assertThat(s.enqueued("answer-1.1").sampling().seed()).isEmpty();
                    s.finished("answer-1.1", "Answer: 1").finished("answer-1.2", "Answer: 1");
                    s.finished("answer-1.3", "Answer: 2")
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/synthesise/1 on spare");
                    s.lost("synthesise");
                    assertThat(s.reply().stage()).contains("answer-1.1");
                    assertThat(s.report().preset()).contains("choir");
                    assertThat(s.report().requestedMode()).contains("ensemble");
                    assertThat(s.report().decisions())
                            .contains("without synthesise, answer-1.1 says what most say");
                });
    }

    private void losses() {
        script(
                "ensemble: models that agree need no synthesis",
                s -> {
                    s = choir(s).finished("answer-1.1", "Answer: 1").finished("answer-1.2", "1");
                    s.finished("answer-1.3", "The answer is 1.");
                    assertThat(s.reply().stage()).contains("answer-1.1");
                });
        script(
                "ensemble: a loss may be what the others waited for",
                s -> {
                    begun(s).finished("sample-1", "Answer: 1").finished("sample-2", "Answer: 2");
                    s.lost("sample-3")
                            .expect(
                                    "free r/sample-3/1 on primary",
                                    "enqueue r/synthesise/1 on primary");
                    s.lost("synthesise");
                    assertThat(s.reply().stage()).contains("sample-1");
                    s = choir(s).finished("answer-1.1", "Answer: 1").lost("answer-1.3");
                    s.finished("answer-1.2", "Answer: 1");
                    assertThat(s.reply().stage()).contains("answer-1.1");
                    s =
                            choir(s).finished("answer-1.1", "Answer: 1")
                                    .finished("answer-1.2", "Answer: 2");
                    s.lost("answer-1.3")
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/synthesise/1 on spare");
                    s =
                            choir(s).finished("answer-1.1", "one")
                                    .lost("answer-1.2")
                                    .lost("answer-1.3");
                    assertThat(s.reply().stage()).contains("answer-1.1");
                    s = choir(s).lost("answer-1.1").lost("answer-1.2").lost("answer-1.3");
                    assertThat(s.reply().error()).isPresent();
                });
        script(
                "ensemble: of one sample that is left the text is the answer",
                s -> {
                    begun(s).lost("sample-2").finished("sample-1", "42").lost("sample-3");
                    assertThat(s.reply().stage()).contains("sample-1");
                    assertThat(s.report().confidence()).isEmpty();
                    assertThat(s.report().decisions())
                            .containsExactly(
                                    "sample-2 was lost",
                                    "sample-3 was lost",
                                    "only sample-1 is left");
                });
        script(
                "ensemble: with no sample left it fails",
                s -> {
                    begun(s).lost("sample-2").lost("sample-1").lost("sample-3");
                    assertThat(s.reply().error().orElseThrow().code().wireName())
                            .isEqualTo("context_length_exceeded");
                });
    }

    private static Saga choir(Saga s) {
        return s.fresh().given(request("r").preset("choir"));
    }
}
