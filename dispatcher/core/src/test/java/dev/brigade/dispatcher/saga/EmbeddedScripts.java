package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.routing.Fleet;
import java.util.List;
import java.util.Set;

/** Answers that are compared by their embeddings, which model ear makes. */
final class EmbeddedScripts extends Scripts {

    private static final Fleet FLEET =
            Saga.models().with("ear", List.of(), Set.of("embedding"), 32, 1, 0).build();

    private static final String LOG =
            "Kafka is a distributed log that keeps records in topics for all its readers.";
    private static final String SAID_OTHERWISE =
            "It stores what is sent to it, in order, so that whoever wants may read it afterwards.";
    private static final String APART =
            "Bananas grow in bunches on tall plants, and taste best when they are yellow.";

    /** Cosines of 0.995 and 0. */
    private static final float[] EAST = {1, 0};

    private static final float[] EAST_BY_NORTH = {1, 0.1f};
    private static final float[] NORTH = {0, 2};

    EmbeddedScripts() {
        debates();
        losses();
        ensembles();
    }

    private static Saga answered(Saga s, String first, String second, String third) {
        s.fleet(FLEET).given(request("r").mode("debate"));
        return s.finished("answer-1.1", first)
                .finished("answer-1.2", second)
                .finished("answer-1.3", third);
    }

    private void debates() {
        script(
                "embedded: the same in other words agrees, and the vectors are not kept",
                s -> {
                    answered(s, LOG, SAID_OTHERWISE, LOG + " " + LOG)
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/embed-1/1 on ear",
                                    "timer 29875");
                    var job = s.enqueued("embed-1");
                    assertThat(job.stream()).isFalse();
                    assertThat(job.pin()).isFalse();
                    var texts = ((Input.Embedding) job.input()).texts();
                    assertThat(texts).hasSize(3);
                    assertThat(LOG).startsWith(texts.getFirst());
                    assertThat(texts.getFirst().length()).as("32 tokens").isBetween(50, 74);
                    s.embedded("embed-1", EAST, EAST_BY_NORTH, EAST)
                            .expect("free r/embed-1/1 on ear", "enqueue r/reconcile/1 on primary");
                    assertThat(((Lifecycle.Open) s.lifecycle()).state().required("embed-1"))
                            .satisfies(stage -> {
                                assertThat(stage.answer().orElseThrow().output()).isEmpty();
                                assertThat(stage.likeness().orElseThrow().cosines())
                                        .containsExactly(0.995, 1.0, 0.995);
                            });
                    assertThat(s.told("reconcile"))
                            .contains("the answers agree to 1.00 by embedding");
                    s.finished("reconcile", "It is a log.");
                    Report report = s.report();
                    assertThat(report.agreementMethod()).contains("embedding");
                    assertThat(report.agreement()).hasValue(1);
                    assertThat(report.rounds()).isEqualTo(1);
                    assertThat(report.stages())
                            .extracting(Report.StageReport::kind)
                            .containsExactly(
                                    "generate", "generate", "generate", "embed", "reconcile");
                });
        script(
                "embedded: what is not alike goes into another round, which is compared anew",
                s -> {
                    answered(s, LOG, SAID_OTHERWISE, APART);
                    s.embedded("embed-1", EAST, EAST_BY_NORTH, NORTH)
                            .expect(
                                    "free r/embed-1/1 on ear",
                                    "enqueue r/answer-2.1/1 on primary",
                                    "enqueue r/answer-2.2/1 on quick",
                                    "enqueue r/answer-2.3/1 on spare");
                    s.finished("answer-2.1", LOG).finished("answer-2.2", SAID_OTHERWISE);
                    s.lost("answer-2.3")
                            .expect("free r/answer-2.3/1 on spare", "enqueue r/embed-2/1 on ear");
                    assertThat(((Input.Embedding) s.enqueued("embed-2").input()).texts())
                            .hasSize(2);
                    s.embedded("embed-2", EAST, NORTH);
                    assertThat(s.told("reconcile"))
                            .contains("the answers agree to 0.00 by embedding");
                });
        script(
                "embedded: answers that are short or the same need no embedding",
                s -> {
                    answered(s, "Answer: 42", "Answer: 41", "Answer: 42")
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/answer-2.1/1 on primary",
                                    "enqueue r/answer-2.2/1 on quick",
                                    "enqueue r/answer-2.3/1 on spare",
                                    "timer 59750");
                    answered(s.fresh(), LOG, LOG, LOG).expectLife(Lifecycle.Closed.class);
                });
    }

    private void losses() {
        script(
                "embedded: without the vectors words are compared, and that is said",
                s -> {
                    answered(s, LOG, LOG + " So it is.", LOG)
                            .lost("embed-1")
                            .expect("free r/embed-1/1 on ear", "enqueue r/reconcile/1 on primary");
                    s.finished("reconcile", "It is a log.");
                    assertThat(s.report().agreementMethod()).contains("rouge_l");
                    assertThat(s.report().decisions()).contains("embed-1 was lost");
                });
        script(
                "embedded: what is no vector counts as lost",
                s -> {
                    answered(s, LOG, SAID_OTHERWISE, LOG);
                    s.embedded("embed-1", EAST, new float[] {0, 0}, EAST);
                    assertThat(s.enqueued("answer-2.1").stage()).isEqualTo("answer-2.1");
                    Saga few = answered(s.fresh(), LOG, SAID_OTHERWISE, LOG);
                    few.embedded("embed-1", EAST, EAST);
                    assertThat(few.enqueued("answer-2.1").stage()).isEqualTo("answer-2.1");
                });
        script(
                "embedded: a model that is silent holds nobody up for longer than its share",
                s -> {
                    answered(s, LOG, LOG + " So it is.", LOG).running("embed-1");
                    s.at(29_874).given(new Event.AttemptProgressed(Saga.attempt("embed-1", 1, 1)));
                    s.at(29_875)
                            .timer()
                            .expect(
                                    "withdraw r/embed-1/1 on ear: expired",
                                    "stop r/embed-1/1",
                                    "enqueue r/reconcile/1 on primary",
                                    "timer 119500");
                });
        script(
                "embedded: it is tried again as any stage",
                s -> {
                    answered(s, LOG, SAID_OTHERWISE, LOG);
                    s.failed(Saga.attempt("embed-1", 1, 1), Code.ENGINE_ERROR, true)
                            .expect("free r/embed-1/1 on ear", "enqueue r/embed-1/2 on ear");
                });
        script(
                "embedded: a round that nobody can pay for is lost, and what there is is reconciled",
                s -> {
                    poor(s).embedded("embed-1", EAST, NORTH, EAST);
                    assertThat(s.enqueued("reconcile").model()).isEqualTo("primary");
                    Saga lost = poor(s.fresh()).lost("embed-1");
                    assertThat(lost.enqueued("reconcile").model()).isEqualTo("primary");
                });
        script(
                "embedded: near the deadline nobody begins to embed",
                s -> {
                    s.fleet(FLEET).given(request("r").mode("debate"));
                    s.finished("answer-1.1", LOG).finished("answer-1.2", SAID_OTHERWISE);
                    s.at(119_500).finished("answer-1.3", LOG);
                    assertThat(s.report().skipped())
                            .extracting(Report.Skipped::stage)
                            .contains("embed-1", "reconcile");
                });
    }

    /** A debate with too few tokens for a second round. */
    private static Saga poor(Saga s) {
        s.fleet(FLEET).given(request("r").mode("debate").maxTotalTokens(440));
        return s.finished("answer-1.1", LOG)
                .finished("answer-1.2", SAID_OTHERWISE)
                .finished("answer-1.3", APART);
    }

    private static Saga choir(Saga s) {
        s.fleet(FLEET).given(request("r").preset("choir"));
        return s.finished("answer-1.1", LOG).finished("answer-1.2", SAID_OTHERWISE);
    }

    private void ensembles() {
        script(
                "embedded: of samples that say the same in other words the one in the middle is taken",
                s -> {
                    s.fleet(FLEET).given(request("r").mode("ensemble"));
                    s.finished("sample-1", LOG).finished("sample-2", SAID_OTHERWISE);
                    s.finished("sample-3", LOG + " " + SAID_OTHERWISE)
                            .expect(
                                    "free r/sample-3/1 on primary",
                                    "enqueue r/embed-1/1 on ear",
                                    "timer 29875");
                    s.embedded("embed-1", EAST, new float[] {1, 0.6f}, new float[] {1, 0.3f});
                    assertThat(s.reply().stage()).contains("sample-3");
                    assertThat(s.report().agreementMethod()).contains("embedding");
                    assertThat(s.report().confidenceMethod()).contains("mean_similarity");
                });
        script(
                "embedded: of samples that are not alike one answer is made, without vectors too",
                s -> {
                    s.fleet(FLEET).given(request("r").mode("ensemble"));
                    s.finished("sample-1", LOG)
                            .finished("sample-2", SAID_OTHERWISE)
                            .finished("sample-3", APART);
                    s.embedded("embed-1", EAST, NORTH, EAST);
                    assertThat(s.told("synthesise")).contains("by embedding");
                    Saga lost = s.fresh().fleet(FLEET).given(request("r").mode("ensemble"));
                    lost.finished("sample-1", LOG)
                            .finished("sample-2", SAID_OTHERWISE)
                            .finished("sample-3", APART);
                    lost.lost("embed-1");
                    assertThat(lost.told("synthesise")).contains("by rouge_l");
                    Saga alike = s.fresh().fleet(FLEET).given(request("r").mode("ensemble"));
                    alike.finished("sample-1", LOG)
                            .finished("sample-2", LOG + " So it is.")
                            .finished("sample-3", LOG);
                    alike.lost("embed-1");
                    assertThat(alike.reply().stage()).contains("sample-1");
                });
        script(
                "embedded: several models' answers are compared as samples are",
                s -> {
                    choir(s).finished("answer-1.3", APART)
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/embed-1/1 on ear",
                                    "timer 29875");
                    s.embedded("embed-1", EAST, EAST_BY_NORTH, EAST);
                    assertThat(s.reply().stage()).contains("answer-1.1");
                    Saga lost = choir(s.fresh()).lost("answer-1.3");
                    lost.expect(
                            "free r/answer-1.3/1 on spare",
                            "enqueue r/embed-1/1 on ear",
                            "timer 29875");
                    lost.at(119_500).lost("embed-1");
                    assertThat(lost.reply().stage()).contains("answer-1.1");
                });
        script(
                "embedded: what is compared near the deadline is not reconciled",
                s -> {
                    answered(s, SAID_OTHERWISE, LOG, LOG)
                            .at(119_500)
                            .embedded("embed-1", NORTH, EAST, EAST);
                    assertThat(s.reply().stage()).contains("answer-1.2");
                    Saga lost = answered(s.fresh(), SAID_OTHERWISE, LOG, LOG + " So it is.");
                    lost.at(119_500).lost("embed-1");
                    assertThat(lost.reply().stage()).contains("answer-1.3");
                });
        script(
                "embedded: a loss may be what the comparison waited for",
                s -> {
                    s.fleet(FLEET).given(request("r").mode("ensemble"));
                    s.finished("sample-1", LOG).finished("sample-2", SAID_OTHERWISE);
                    s.lost("sample-3")
                            .expect(
                                    "free r/sample-3/1 on primary",
                                    "enqueue r/embed-1/1 on ear",
                                    "timer 29875");
                });
    }
}
