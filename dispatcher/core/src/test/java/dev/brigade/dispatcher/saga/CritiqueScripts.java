package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.ResponseFormat;
import java.util.List;

/** Draft, judge, revise: primary writes, quick judges, two rounds, 0.8 passes. */
final class CritiqueScripts extends Scripts {

    private static final List<String> UNREADABLE =
            List.of(
                    "",
                    "nine",
                    "[]",
                    "{\"score\": 9}",
                    "{\"issues\": [], \"score\": 11}",
                    "{\"issues\": [], \"score\": -1}",
                    "{\"issues\": [], \"score\": 9.5}",
                    "{\"issues\": [], \"score\": \"9\"}",
                    "{\"issues\": [], \"score\": 9, \"score\": 2}",
                    "{\"issues\": [], \"score\": 9} and more",
                    "{\"issues\": [], \"score\": 9",
                    "{\"issues\": [{\"quote\": \"a\"}], \"score\": 9}",
                    "{\"issues\": \"none\", \"score\": 9}");

    CritiqueScripts() {
        judging();
        theBestDraft();
        losses();
        handoffs();
    }

    static String critique(int score) {
        return "{\"issues\": [{\"quote\": \"some words\", \"problem\": \"problem of %d\"}], \"score\": %d}"
                .formatted(score, score);
    }

    private static Saga drafted(Saga saga) {
        return saga.given(request("r").mode("critique"))
                .expect("enqueue r/draft/1 on primary", "timer 51428")
                .finished("draft", "Kafka is a log");
    }

    private void judging() {
        script(
                "critique: a draft that passes is the answer, whole, with its score",
                s -> {
                    drafted(s)
                            .expect(
                                    "free r/draft/1 on primary",
                                    "enqueue r/critique-1/1 on quick",
                                    "timer 29875");
                    s.finished("critique-1", critique(9))
                            .expect(
                                    "free r/critique-1/1 on quick",
                                    "release pins",
                                    "reply COMPLETED Kafka is a log",
                                    "usage 14+6",
                                    "timer 3600000");
                    Report report = s.report();
                    assertThat(s.reply().stage()).contains("draft");
                    assertThat(s.reply().model()).contains("primary");
                    assertThat(report.mode()).isEqualTo("critique");
                    assertThat(report.requestedMode()).contains("critique");
                    assertThat(report.rounds()).isEqualTo(1);
                    assertThat(report.confidence()).hasValue(0.9);
                    assertThat(report.confidenceMethod()).contains("critic_score");
                    assertThat(report.modelsUsed()).containsExactly("primary", "quick");
                    assertThat(report.stages().getFirst().score()).hasValue(0.9);
                    assertThat(report.stages().getLast().kind()).isEqualTo("judge");
                    assertThat(report.stages().getLast().prompt()).contains("critique/critique@1");
                    assertThat(report.decisions())
                            .containsExactly(
                                    "draft scores 9 of 10, which passes 0.80",
                                    "draft is the best draft");
                });
        script(
                "critique: the threshold itself passes",
                s ->
                        drafted(s)
                                .finished("critique-1", critique(8))
                                .expectLife(Lifecycle.Closed.class));
        script(
                "critique: a judge answers greedily in its prompt's schema",
                s -> {
                    drafted(s);
                    var sampling = s.enqueued("critique-1").sampling();
                    assertThat(sampling.temperature()).hasValue(0);
                    assertThat(sampling.maxTokens()).hasValue(1024 / 2);
                    assertThat(sampling.responseFormat().kind())
                            .isEqualTo(ResponseFormat.Kind.JSON_SCHEMA);
                    assertThat(sampling.responseFormat().schema().orElseThrow()).contains("score");
                });
        script(
                "critique: no draft is for certain the answer, so none is streamed",
                s -> {
                    s.given(request("r").mode("critique"));
                    assertThat(s.enqueued("draft").isFinal()).isFalse();
                    assertThat(s.enqueued("draft").stream()).isFalse();
                    assertThat(s.enqueued("draft").pin()).isTrue();
                });
        script(
                "critique: every stage is streamed when asked for",
                s -> {
                    s.given(request("r").mode("critique").streamStages());
                    assertThat(s.enqueued("draft").isFinal()).isFalse();
                    assertThat(s.enqueued("draft").stream()).isTrue();
                });
    }

    private void theBestDraft() {
        script(
                "critique: a revision that passes is the answer",
                s -> {
                    drafted(s)
                            .finished("critique-1", critique(5))
                            .expect(
                                    "free r/critique-1/1 on quick",
                                    "enqueue r/revise-1/1 on primary");
                    s.finished("revise-1", "revised")
                            .expect(
                                    "free r/revise-1/1 on primary",
                                    "enqueue r/critique-2/1 on quick");
                    s.finished("critique-2", critique(10));
                    assertThat(s.reply().answer().orElseThrow().text()).isEqualTo("revised");
                    assertThat(s.report().confidence()).hasValue(1);
                    assertThat(s.report().rounds()).isEqualTo(1);
                });
        script(
                "critique: the best draft is kept, not the last",
                s -> {
                    drafted(s).finished("critique-1", critique(5)).finished("revise-1", "better");
                    s.finished("critique-2", critique(7)).finished("revise-2", "worse");
                    s.finished("critique-3", critique(2));
                    assertThat(s.reply().answer().orElseThrow().text()).isEqualTo("better");
                    assertThat(s.report().confidence()).hasValue(0.7);
                    assertThat(s.report().rounds()).isEqualTo(2);
                    assertThat(s.report().decisions())
                            .containsExactly(
                                    "draft scores 5 of 10, below 0.80",
                                    "revise-1 scores 7 of 10, below 0.80",
                                    "revise-2 scores 2 of 10, below 0.80",
                                    "revise-1 is the best draft");
                });
        script(
                "critique: of equal drafts the later is kept",
                s -> {
                    drafted(s).finished("critique-1", critique(5)).finished("revise-1", "later");
                    s.finished("critique-2", critique(5)).finished("revise-2", "latest");
                    s.finished("critique-3", critique(5));
                    assertThat(s.reply().stage()).contains("revise-2");
                });
        script(
                "critique: a first draft of no worth is still kept over worse",
                s -> {
                    drafted(s)
                            .finished("critique-1", critique(0))
                            .finished("revise-1", "no better");
                    s.finished("critique-2", critique(0)).lost("revise-2");
                    assertThat(s.reply().stage()).contains("revise-1");
                });
    }

    private void losses() {
        script(
                "critique: a lost draft is a failure",
                s ->
                        s.given(request("r").mode("critique"))
                                .lost("draft")
                                .expect(
                                        "free r/draft/1 on primary",
                                        "release pins",
                                        "reply FAILED context_length_exceeded",
                                        "usage 0+0",
                                        "timer 3600000"));
        script(
                "critique: without a critic the draft is the answer, without confidence",
                s -> {
                    drafted(s).lost("critique-1");
                    assertThat(s.reply().answer().orElseThrow().text()).isEqualTo("Kafka is a log");
                    assertThat(s.report().confidence()).isEmpty();
                    assertThat(s.report().confidenceMethod()).isEmpty();
                    assertThat(s.report().decisions())
                            .containsExactly("critique-1 was lost", "draft is the best draft");
                    assertThat(s.report().stages().getLast().status()).isEqualTo("failed");
                    assertThat(s.report().stages().getLast().error())
                            .contains(Code.CONTEXT_LENGTH_EXCEEDED);
                });
        script(
                "critique: a judgement that cannot be read is lost, and no score is made up",
                s -> {
                    for (String unreadable : UNREADABLE) {
                        assertThat(
                                        s.fresh()
                                                .given(request("r").mode("critique"))
                                                .finished("draft", "Kafka is a log")
                                                .finished("critique-1", unreadable)
                                                .report())
                                .as(unreadable)
                                .satisfies(report -> {
                                    assertThat(report.confidence()).isEmpty();
                                    assertThat(report.stages().getLast().status())
                                            .isEqualTo("rejected");
                                    assertThat(report.decisions())
                                            .startsWith(
                                                    "the judgement of critique-1 could not be read");
                                });
                    }
                });
        script(
                "critique: without a reviser the best draft is the answer",
                s -> {
                    drafted(s).finished("critique-1", critique(5)).lost("revise-1");
                    assertThat(s.reply().stage()).contains("draft");
                    assertThat(s.report().confidence()).hasValue(0.5);
                    assertThat(s.report().decisions())
                            .contains("revise-1 was lost", "draft is the best draft");
                });
        script(
                "critique: a revision that nobody scored counts as much as what it revises",
                s -> {
                    drafted(s).finished("critique-1", critique(5)).finished("revise-1", "revised");
                    s.lost("critique-2");
                    assertThat(s.reply().stage()).contains("revise-1");
                    assertThat(s.report().confidence()).isEmpty();
                });
    }

    private void handoffs() {
        script(
                "critique: the critic sees task and draft, the reviser also the critique",
                s -> {
                    drafted(s);
                    assertThat(s.told("critique-1")).contains("What is Kafka?", "Kafka is a log");
                    s.finished("critique-1", critique(5));
                    assertThat(s.told("revise-1"))
                            .contains(
                                    "What is Kafka?",
                                    "Kafka is a log",
                                    "some words",
                                    "problem of 5");
                });
        script(
                "critique: the next revision works on the best draft; a worse one is shown as rejected",
                s -> {
                    drafted(s)
                            .finished("critique-1", critique(5))
                            .finished("revise-1", "worse one");
                    s.finished("critique-2", critique(3));
                    assertThat(s.told("revise-2")).contains("Kafka is a log", "problem of 5");
                    assertThat(s.told("revise-2")).doesNotContain("problem of 3");
                    assertThat(s.inRejected("revise-2", "worse one")).isTrue();
                    assertThat(s.inRejected("revise-2", "Kafka is a log")).isFalse();
                });
    }
}
