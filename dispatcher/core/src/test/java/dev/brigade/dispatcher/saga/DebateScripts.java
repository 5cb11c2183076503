package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Report;
import java.util.Locale;

/** Three models argue in two rounds; primary reconciles. */
final class DebateScripts extends Scripts {

    private static final String LOG =
            "Kafka is a distributed log that keeps records in topics for all its readers.";
    private static final String LIKE = LOG.replace("all its", "each of its");
    private static final String LIKER = LOG.replace("all its readers", "all readers");
    private static final String QUEUE =
            "Bananas grow in bunches on tall plants, and taste best when they are yellow.";
    private static final String BUS =
            "Seven sailors sang under silver stars while whales drifted far below them.";

    DebateScripts() {
        rounds();
        losses();
        handoffs();
    }

    private static Saga begun(Saga saga) {
        return saga.given(request("r").mode("debate"))
                .expect(
                        "enqueue r/answer-1.1/1 on primary",
                        "enqueue r/answer-1.2/1 on quick",
                        "enqueue r/answer-1.3/1 on spare",
                        "timer 60000");
    }

    private static Saga round(Saga s, int round, String first, String second, String third) {
        return s.finished("answer-%d.1".formatted(round), first)
                .finished("answer-%d.2".formatted(round), second)
                .finished("answer-%d.3".formatted(round), third);
    }

    private void rounds() {
        script(
                "debate: who agrees at once goes straight to the reconciler, who streams the answer",
                s -> {
                    begun(s).finished("answer-1.1", LOG).expect("free r/answer-1.1/1 on primary");
                    s.finished("answer-1.3", LIKER).expect("free r/answer-1.3/1 on spare");
                    s.finished("answer-1.2", LIKE)
                            .expect(
                                    "free r/answer-1.2/1 on quick",
                                    "enqueue r/reconcile/1 on primary");
                    assertThat(s.enqueued("reconcile").isFinal()).isTrue();
                    assertThat(s.enqueued("reconcile").stream()).isTrue();
                    s.finished("reconcile", "The answer.")
                            .expect(
                                    "free r/reconcile/1 on primary",
                                    "release pins",
                                    "reply COMPLETED The answer.",
                                    "usage 28+12",
                                    "timer 3600000");
                    Report report = s.report();
                    assertThat(report.rounds()).isEqualTo(1);
                    assertThat(report.agreement().orElseThrow()).isBetween(0.8, 0.99);
                    assertThat(report.agreementMethod()).contains("rouge_l");
                    assertThat(report.confidenceMethod()).contains("mean_similarity");
                    assertThat(report.stages().getLast().isFinal()).isTrue();
                    assertThat(report.decisions())
                            .containsExactly(
                                    "the answers agree to 0.91 by rouge_l, enough for 0.70",
                                    "reconcile made one answer of all");
                });
        script(
                "debate: who does not agree sees the others and answers again, once",
                s -> {
                    round(begun(s), 1, LOG, QUEUE, BUS)
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/answer-2.1/1 on primary",
                                    "enqueue r/answer-2.2/1 on quick",
                                    "enqueue r/answer-2.3/1 on spare",
                                    "timer 59750");
                    round(s, 2, LOG, QUEUE, BUS)
                            .expect(
                                    "free r/answer-2.3/1 on spare",
                                    "enqueue r/reconcile/1 on primary");
                    s.finished("reconcile", "The answer.");
                    assertThat(s.report().rounds()).isEqualTo(2);
                    assertThat(s.report().agreement().orElseThrow()).isLessThan(0.7);
                });
        script(
                "debate: what all say, word for word, is the answer, and nobody reconciles",
                s -> {
                    begun(s).finished("answer-1.1", LOG).finished("answer-1.3", LOG);
                    s.finished("answer-1.2", LOG.toUpperCase(Locale.ROOT))
                            .expect(
                                    "free r/answer-1.2/1 on quick",
                                    "release pins",
                                    "reply COMPLETED " + LOG,
                                    "usage 21+9",
                                    "timer 3600000");
                    assertThat(s.reply().stage()).contains("answer-1.1");
                    assertThat(s.report().agreement()).hasValue(1);
                    assertThat(s.report().confidenceMethod()).contains("majority_share");
                    assertThat(s.report().decisions())
                            .containsExactly(
                                    "the answers agree to 1.00 by rouge_l, enough for 0.70",
                                    "all say the same, so answer-1.1 is the answer without"
                                            + " reconcile");
                });
        script(
                "debate: conflicts are listed",
                s -> {
                    round(begun(s), 1, "Answer: 42", "Answer: 41", "Answer: 42");
                    round(s, 2, "Answer: 42", "Answer: 41", "Answer: 42")
                            .finished("reconcile", "42");
                    assertThat(s.report().conflicts()).isNotEmpty();
                    assertThat(s.report().conflicts().getFirst().positions())
                            .extracting(Report.Position::stage)
                            .contains("answer-2.1", "answer-2.2");
                });
    }

    private void losses() {
        script(
                "debate: a lost participant is out, and reported",
                s -> {
                    begun(s).lost("answer-1.2").expect("free r/answer-1.2/1 on quick");
                    s.finished("answer-1.1", LOG)
                            .finished("answer-1.3", QUEUE)
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/answer-2.1/1 on primary",
                                    "enqueue r/answer-2.3/1 on spare",
                                    "timer 59750");
                    s.finished("answer-2.1", LOG).lost("answer-2.3");
                    assertThat(s.reply().stage()).contains("answer-2.1");
                    assertThat(s.report().decisions())
                            .containsExactly(
                                    "answer-1.2 was lost",
                                    "answer-2.3 was lost",
                                    "only answer-2.1 is left");
                });
        script(
                "debate: of one who is left the text is the answer",
                s -> {
                    begun(s).lost("answer-1.2").lost("answer-1.1").finished("answer-1.3", QUEUE);
                    assertThat(s.reply().answer().orElseThrow().text()).isEqualTo(QUEUE);
                    assertThat(s.report().agreement()).isEmpty();
                });
        script(
                "debate: a round in which all are lost leaves the one before",
                s -> {
                    round(begun(s), 1, LOG, QUEUE, BUS).lost("answer-2.1").lost("answer-2.2");
                    s.lost("answer-2.3")
                            .expect(
                                    "free r/answer-2.3/1 on spare",
                                    "enqueue r/reconcile/1 on primary");
                    assertThat(s.told("reconcile")).contains(LOG, QUEUE, BUS);
                });
        script(
                "debate: with nobody left it fails",
                s -> {
                    begun(s).lost("answer-1.1").lost("answer-1.2");
                    s.lost("answer-1.3")
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "release pins",
                                    "reply FAILED context_length_exceeded",
                                    "usage 0+0",
                                    "timer 3600000");
                });
        script(
                "debate: without the reconciler the answer nearest to all is taken, what was streamed is retracted",
                s -> {
                    round(begun(s), 1, LIKE, LOG, LIKER)
                            .released("reconcile", 1)
                            .started("reconcile");
                    s.lost("reconcile")
                            .expect(
                                    "free r/reconcile/1 on primary",
                                    "retract reconcile a11",
                                    "release pins",
                                    "reply COMPLETED " + LOG,
                                    "usage 21+9",
                                    "timer 3600000");
                    assertThat(s.report().decisions())
                            .contains("without reconcile, answer-1.2 is nearest to all");
                });
    }

    private void handoffs() {
        script(
                "debate: a loss may be what the next round waited for",
                s -> {
                    begun(s).finished("answer-1.1", LOG).finished("answer-1.3", QUEUE);
                    s.lost("answer-1.2")
                            .expect(
                                    "free r/answer-1.2/1 on quick",
                                    "enqueue r/answer-2.1/1 on primary",
                                    "enqueue r/answer-2.3/1 on spare",
                                    "timer 59750");
                });
        script(
                "debate: a round that nobody can pay for is lost, and what there is is reconciled",
                s -> {
                    Saga lost = s.fresh();
                    lost.given(request("r").mode("debate").maxTotalTokens(390));
                    lost.finished("answer-1.1", LOG).finished("answer-1.2", QUEUE);
                    lost.lost("answer-1.3")
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/reconcile/1 on primary");
                    s.given(request("r").mode("debate").maxTotalTokens(420));
                    round(s, 1, LOG, QUEUE, BUS)
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/reconcile/1 on primary");
                });
        script(
                "debate: the second round shows one's own answer and those of the others",
                s -> {
                    s.given(request("r").mode("debate"));
                    assertThat(s.told("answer-1.1")).isEqualTo("What is Kafka?");
                    assertThat(s.enqueued("answer-1.1").pin()).isTrue();
                    round(s, 1, LOG, QUEUE, BUS);
                    assertThat(s.told("answer-2.2"))
                            .contains(
                                    "<draft by=\"quick\">\n" + QUEUE,
                                    "<answer by=\"primary\">\n" + LOG)
                            .contains("<answer by=\"spare\">\n" + BUS);
                });
    }
}
