package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.Price;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.util.List;

/** One deadline, one number of tokens and one cost for the whole request. */
final class BudgetScripts extends Scripts {

    private static final String APART =
            "Bananas grow in bunches on tall plants and taste best yellow.";
    private static final String TEXT =
            "Kafka is a distributed log that keeps records in topics for readers who come later.";
    private static final String LIKE = TEXT.replace("who come", "that come");

    BudgetScripts() {
        shares();
        skips();
        landing();
        tokens();
        cost();
    }

    private void shares() {
        script(
                "time: a stage that uses up its share is tried again, and is then kept only what is required",
                s -> {
                    s.given(request("r").mode("critique")).running("draft").at(51_000);
                    s.given(new Event.AttemptProgressed(Saga.attempt("draft", 1, 1)));
                    s.at(51_428)
                            .timer()
                            .expect(
                                    "withdraw r/draft/1 on primary: expired",
                                    "stop r/draft/1",
                                    "enqueue r/draft/2 on quick",
                                    "timer 120000");
                    assertThat(s.enqueued("draft").deadlineAtMs()).isEqualTo(120_000);
                });
        script(
                "time: a job that nobody let out in its share is taken back and sent out anew",
                s ->
                        s.given(request("r").mode("pipeline"))
                                .at(51_428)
                                .timer()
                                .expect(
                                        "withdraw r/draft/1 on quick: expired",
                                        "enqueue r/draft/2 on spare",
                                        "timer 80816"));
        script(
                "time: who is spared at the end of the share is not waited for",
                s -> {
                    s.given(request("r").mode("debate")).finished("answer-1.1", TEXT);
                    s.finished("answer-1.2", LIKE).released("answer-1.3", 1);
                    s.at(60_000)
                            .timer()
                            .expect(
                                    "withdraw r/answer-1.3/1 on spare: expired",
                                    "stop r/answer-1.3/1",
                                    "enqueue r/reconcile/1 on primary",
                                    "timer 119500");
                });
        script(
                "time: a worker that stops at the end of the share is no loss where none can be spared",
                s -> {
                    s.given(request("r").mode("pipeline"));
                    s.failed(Saga.attempt("draft", 1, 1), Code.DEADLINE_EXCEEDED, true)
                            .expect("free r/draft/1 on quick", "enqueue r/draft/2 on spare");
                });
        script(
                "time: what one stage leaves over the next ones have",
                s -> {
                    s.given(request("r").mode("pipeline")).at(1_000).finished("draft", "one");
                    assertThat(s.enqueued("refine").deadlineAtMs())
                            .isEqualTo(1_000 + 119_000 * 3 / 4);
                });
    }

    private void skips() {
        script(
                "time: a last scoring that would not fit is left out, and the revision stands",
                s -> {
                    s.given(request("r").mode("critique").deadlineAtMs(100_000));
                    s.at(10_000).finished("draft", "one");
                    s.at(50_000).finished("critique-1", critique(5));
                    s.at(80_000)
                            .finished("revise-1", "two")
                            .expect(
                                    "free r/revise-1/1 on primary",
                                    "release pins",
                                    "reply COMPLETED two",
                                    "usage 21+9",
                                    "timer 3680000");
                    assertThat(s.report().skipped())
                            .containsExactly(new Report.Skipped("critique-2", "deadline"));
                    assertThat(s.report().decisions()).contains("revise-1 was not scored");
                });
        script(
                "time: a second round of a debate that would not fit is left out",
                s -> {
                    s.given(request("r").mode("debate").deadlineAtMs(100_000));
                    s.at(40_000).finished("answer-1.1", TEXT).finished("answer-1.2", APART);
                    s.finished("answer-1.3", "Quite another thing, which nobody else would say.")
                            .expect(
                                    "free r/answer-1.3/1 on spare",
                                    "enqueue r/reconcile/1 on primary");
                    s.finished("reconcile", "so");
                    assertThat(s.report().skipped())
                            .extracting(Report.Skipped::stage)
                            .containsExactly("answer-2.1", "answer-2.2", "answer-2.3");
                    assertThat(s.report().rounds()).isEqualTo(1);
                });
    }

    private void landing() {
        script(
                "time: near the deadline what is there is the answer",
                s -> {
                    s.given(request("r").mode("critique")).finished("draft", "one");
                    s.finished("critique-1", critique(5)).released("revise-1", 1);
                    s.started("revise-1").at(100_000);
                    s.given(new Event.AttemptProgressed(Saga.attempt("revise-1", 1, 1)));
                    s.at(119_499).timer().expect("timer 119500");
                    s.at(119_500)
                            .timer()
                            .expect(
                                    "withdraw r/revise-1/1 on primary: expired",
                                    "stop r/revise-1/1",
                                    "release pins",
                                    "reply COMPLETED one",
                                    "usage 14+6",
                                    "timer 3719500");
                    assertThat(s.report().decisions()).contains("revise-1 was lost");
                });
        script(
                "time: a stage that has all the time lands too, once there is something to answer",
                s -> {
                    s.given(request("r").items("one", "two").deadlineAtMs(30_000));
                    assertThat(s.enqueued("item-2").deadlineAtMs()).isEqualTo(30_000);
                    s.running("item-2").at(1_000).finished("item-1", "one!");
                    s.expect("free r/item-1/1 on primary", "progress 1 and 0 of 2", "timer 29500");
                    s.at(29_500).timer();
                    assertThat(s.reply().status().name()).isEqualTo("COMPLETED");
                });
        script(
                "time: what comes near the deadline is the answer at once, whoever still writes",
                s -> {
                    s.given(request("r").mode("debate")).at(119_999);
                    s.finished("answer-1.2", TEXT);
                    assertThat(s.reply().stage()).contains("answer-1.2");
                    assertThat(s.report().decisions())
                            .contains("answer-1.1 was lost", "answer-1.3 was lost");
                });
        script(
                "time: near the deadline nobody begins to reconcile",
                s -> {
                    s.given(request("r").mode("debate"));
                    s.finished("answer-1.1", TEXT).finished("answer-1.2", LIKE);
                    s.at(119_500).finished("answer-1.3", TEXT);
                    assertThat(s.reply().stage()).contains("answer-1.1");
                    assertThat(s.report().skipped())
                            .containsExactly(new Report.Skipped("reconcile", "deadline"));
                });
        script(
                "time: near the deadline nobody begins to synthesise",
                s -> {
                    s.given(request("r").mode("ensemble"));
                    s.finished("sample-1", "Answer: 1").finished("sample-2", "Answer: 2");
                    s.at(119_500).finished("sample-3", "Answer: 3");
                    assertThat(s.reply().stage()).contains("sample-1");
                });
        script(
                "time: near the deadline items that wait are left out",
                s -> {
                    s.given(request("r").items("one", "two", "three")).at(119_500);
                    s.finished("item-1", "one!");
                    assertThat(s.report().skipped())
                            .containsExactly(new Report.Skipped("item-3", "deadline"));
                    assertThat(s.reply().items().getLast().error()).isPresent();
                });
        script(
                "time: past the deadline it is too late to land",
                s -> {
                    s.given(request("r").mode("critique")).finished("draft", "one");
                    s.at(120_000).timer();
                    assertThat(s.reply().status().name()).isEqualTo("EXPIRED");
                });
        script(
                "time: with nothing to answer there is nothing to land",
                s ->
                        s.given(request("r").mode("single"))
                                .at(119_900)
                                .timer()
                                .expect("timer 120000"));
    }

    private void tokens() {
        script(
                "tokens: stages share them by weight, and what is left over goes on",
                s -> {
                    s.given(request("r").mode("pipeline").maxTotalTokens(1_400));
                    assertThat(s.enqueued("draft").sagaTokens()).hasValue(600);
                    assertThat(s.enqueued("draft").sampling().maxTokens().orElseThrow())
                            .isBetween(400, 599);
                    s.finished("draft", "one");
                    assertThat(s.enqueued("refine").sagaTokens()).hasValue(1_390 * 3 / 4);
                });
        script(
                "tokens: stages side by side have equal shares, and set them aside",
                s -> {
                    s.given(request("r").mode("ensemble").maxTotalTokens(1_200));
                    for (int i = 1; i <= 3; i++) {
                        assertThat(s.enqueued("sample-" + i).sagaTokens()).hasValue(300);
                    }
                    s.failed(Saga.attempt("sample-1", 1, 1), Code.ENGINE_ERROR, true)
                            .expect(
                                    "free r/sample-1/1 on primary",
                                    "enqueue r/sample-1/2 on quick");
                    assertThat(s.enqueued("sample-1").sagaTokens()).hasValue(300);
                });
        script(
                "tokens: the request's own bound on an answer holds too",
                s -> {
                    s.given(request("r").maxTokens(50).maxTotalTokens(1_000));
                    assertThat(s.enqueued("answer").sampling().maxTokens()).hasValue(50);
                    assertThat(s.enqueued("answer").sagaTokens()).hasValue(1_000);
                });
        script(
                "tokens: too few for the first stage are a rejection",
                s ->
                        s.given(request("r").maxTotalTokens(20))
                                .expect("reply REJECTED budget_exhausted", "timer 3600000"));
        script(
                "tokens: too few for a later stage that is required are a failure",
                s -> {
                    s.given(request("r").mode("pipeline").maxTotalTokens(1_400));
                    s.finished("draft", 1, "one", new Usage(500, 890))
                            .expect(
                                    "free r/draft/1 on quick",
                                    "compensate 0 r/draft: refund 1390",
                                    "reply FAILED budget_exhausted",
                                    "usage 500+890",
                                    "timer 3600000");
                });
        script(
                "tokens: too few to revise leave the draft",
                s -> {
                    s.given(request("r").mode("critique").maxTotalTokens(2_000));
                    s.finished("draft", "one");
                    s.finished("critique-1", 1, critique(5), new Usage(900, 1_000));
                    assertThat(s.reply().stage()).contains("draft");
                    assertThat(s.report().stages().getLast().error())
                            .contains(Code.BUDGET_EXHAUSTED);
                });
        script(
                "tokens: a second round that would not fit is left out",
                s -> {
                    s.given(request("r").mode("critique").maxTotalTokens(2_000));
                    s.finished("draft", "one");
                    s.finished("critique-1", 1, critique(5), new Usage(300, 300));
                    s.finished("revise-1", 1, "two", new Usage(500, 400));
                    assertThat(s.reply().stage()).contains("revise-1");
                    assertThat(s.report().skipped())
                            .containsExactly(new Report.Skipped("critique-2", "max_total_tokens"));
                });
        script(
                "tokens: too few to reconcile leave the answer nearest to all",
                s -> {
                    s.given(request("r").mode("debate").maxTotalTokens(2_000));
                    for (int i = 1; i <= 3; i++) {
                        String text = i == 3 ? LIKE : TEXT;
                        s.finished("answer-1." + i, 1, text, new Usage(300, 360));
                    }
                    assertThat(s.reply().stage()).contains("answer-1.1");
                    assertThat(s.report().decisions())
                            .contains("without reconcile, answer-1.1 is nearest to all");
                });
    }

    private void cost() {
        Fleet priced =
                new TestingFleet()
                        .with("primary", List.of("primary"), 4, 0)
                        .with("quick", List.of("fast"), 4, 0)
                        .buildAt(new Price(1_000, 10_000));
        script(
                "cost: it bounds the answer by what the model's tokens cost",
                s -> {
                    s.fleet(priced).given(request("r").maxCost(1.01));
                    assertThat(s.enqueued("answer").sampling().maxTokens().orElseThrow())
                            .isBetween(98, 100);
                    s.finished("answer", 1, "text", new Usage(10, 90));
                    assertThat(s.reply().cost()).hasValue(0.91);
                });
        script(
                "cost: too little for the first stage is a rejection",
                s ->
                        s.fleet(priced)
                                .given(request("r").maxCost(0.02))
                                .expect("reply REJECTED budget_exhausted", "timer 3600000"));
        script(
                "cost: a second round that would not fit is left out",
                s -> {
                    s.fleet(priced).given(request("r").mode("critique").maxCost(40));
                    s.finished("draft", 1, "one", new Usage(100, 100));
                    s.finished("critique-1", 1, critique(5), new Usage(100, 1_000));
                    s.finished("revise-1", 1, "two", new Usage(100, 2_000));
                    assertThat(s.report().skipped())
                            .containsExactly(new Report.Skipped("critique-2", "max_cost"));
                    assertThat(s.reply().cost()).hasValue(1.1 + 10.1 + 20.1);
                });
    }

    private static String critique(int score) {
        return CritiqueScripts.critique(score);
    }
}
