package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Code;
import java.util.Optional;

/** What is undone when a request ends without an answer, inside at once and outside in turn. */
final class CompensationScripts extends Scripts {

    CompensationScripts() {
        inside();
        inTurn();
        patience();
        strays();
    }

    /** Three stages with effects outside are done when the fourth is lost. */
    private static Saga failed(Saga s) {
        s.given(request("r").preset("with-effects"));
        s.finished("draft", "one").finished("refine", "two").finished("refine-2", "three");
        return s.lost("validate")
                .expect(
                        "free r/validate/1 on primary",
                        "compensate 0 r/refine-2: refund 10, release quick, undo on undo",
                        "compensate 1 r/refine: refund 10, release primary, undo on undo",
                        "compensate 2 r/draft: refund 10, release quick, undo on undo",
                        "ask undo to undo r/refine-2, attempt 1",
                        "reply FAILED context_length_exceeded",
                        "usage 21+9",
                        "timer 30000");
    }

    private void inside() {
        script(
                "compensation: a cancel undoes each completed stage once, the newest first",
                s -> {
                    s.given(request("r").mode("pipeline")).finished("draft", "one");
                    s.finished("refine", "two")
                            .running("validate")
                            .cancelled()
                            .expect(
                                    "compensate 0 r/refine: refund 10, release primary",
                                    "compensate 1 r/draft: refund 10",
                                    "release pins",
                                    "withdraw r/validate/1 on primary: cancelled",
                                    "stop all of r",
                                    "reply CANCELLED cancelled",
                                    "usage 14+6",
                                    "timer 3600000");
                    assertThat(s.report().compensated()).containsExactly("refine", "draft");
                    s.finished("validate", "late").expectNothing();
                });
        script(
                "compensation: past the deadline too",
                s -> {
                    s.given(request("r").mode("pipeline")).finished("draft", "one");
                    s.at(120_000)
                            .timer()
                            .expect(
                                    "compensate 0 r/draft: refund 10",
                                    "withdraw r/refine/1 on primary: expired",
                                    "reply EXPIRED deadline_exceeded",
                                    "usage 7+3",
                                    "timer 3720000");
                });
        script(
                "compensation: who is answered has nothing undone",
                s -> {
                    s.given(request("r").preset("with-effects"));
                    s.finished("draft", "one").finished("refine", "two");
                    s.finished("refine-2", "three");
                    s.finished("validate", PipelineScripts.verdict("accept", 9))
                            .expect(
                                    "free r/validate/1 on primary",
                                    "release pins",
                                    "reply COMPLETED three",
                                    "usage 28+12",
                                    "timer 3600000");
                    assertThat(s.report().compensated()).isEmpty();
                });
        script(
                "compensation: every mode undoes what it completed",
                s -> {
                    s.given(request("r").mode("debate")).finished("answer-1.3", "one");
                    s.finished("answer-1.1", "two").cancelled();
                    assertThat(s.report().compensated())
                            .containsExactly("answer-1.1", "answer-1.3");
                });
        script(
                "compensation: with nothing completed nobody is asked",
                s -> {
                    s.given(request("r").preset("with-effects"))
                            .cancelled()
                            .expect(
                                    "withdraw r/draft/1 on quick: cancelled",
                                    "reply CANCELLED cancelled",
                                    "usage 0+0",
                                    "timer 3600000");
                });
    }

    private void inTurn() {
        script(
                "compensation: a participant is asked in turn, each after the answer to the one before",
                s -> {
                    failed(s)
                            .at(100)
                            .undone("refine-2", 1, true)
                            .expect("ask undo to undo r/refine, attempt 1", "timer 30100");
                    s.at(200)
                            .undone("refine", 1, true)
                            .expect("ask undo to undo r/draft, attempt 1", "timer 30200");
                    s.at(300).undone("draft", 1, true).expect("timer 3600000");
                    s.undone("draft", 1, true).expectNothing();
                    s.at(3_600_000).timer().expectLife(Lifecycle.Unseen.class);
                });
        script(
                "compensation: an id is not forgotten before the last effect is undone",
                s -> {
                    failed(s);
                    s.at(29_999).timer().expect("timer 30000");
                    s.at(4_000_000).timer().expect("timer 4001000");
                    s.given(request("r")).expectNothing();
                    s.at(4_001_000)
                            .timer()
                            .expect("ask undo to undo r/refine-2, attempt 2", "timer 4031000");
                    s.undone("refine-2", 2, true).undone("refine", 1, true);
                    s.undone("draft", 1, true).expect("timer 3600000");
                    s.timer().expectLife(Lifecycle.Unseen.class);
                });
    }

    private void patience() {
        script(
                "compensation: a participant that fails is asked again, later and later, then parked",
                s -> {
                    failed(s);
                    long[] pauses = {1_000, 2_000, 4_000, 8_000};
                    long now = 0;
                    for (int attempt = 1; attempt <= 4; attempt++) {
                        s.undone("refine-2", attempt, false)
                                .expect("timer " + (now + pauses[attempt - 1]));
                        now += pauses[attempt - 1];
                        s.at(now - 1).timer().expect("timer " + now);
                        s.at(now)
                                .timer()
                                .expect(
                                        "ask undo to undo r/refine-2, attempt " + (attempt + 1),
                                        "timer " + (now + 30_000));
                    }
                    s.undone("refine-2", 5, false)
                            .expect(
                                    "park r/refine-2 after 5 attempts",
                                    "ask undo to undo r/refine, attempt 1",
                                    "timer " + (now + 30_000));
                    assertThat(s.parked().reason().code()).isEqualTo(Code.COMPENSATION_FAILED);
                });
        script(
                "compensation: silence is a failure",
                s -> {
                    failed(s).at(30_000).timer().expect("timer 31000");
                    s.at(31_000)
                            .timer()
                            .expect("ask undo to undo r/refine-2, attempt 2", "timer 61000");
                });
        script(
                "compensation: silence to the last attempt parks it, and the last one parked ends it",
                s -> {
                    failed(s).undone("refine-2", 1, true).undone("refine", 1, true);
                    for (int step = 1; step <= 9; step++) {
                        s.at(step * 60_000L).timer();
                    }
                    s.expect("park r/draft after 5 attempts", "timer 3600000")
                            .expectLife(Lifecycle.Closed.class);
                });
        script(
                "compensation: a late success counts, whichever attempt it answers",
                s -> {
                    failed(s).undone("refine-2", 1, false).expect("timer 1000");
                    s.undone("refine-2", 1, true)
                            .expect("ask undo to undo r/refine, attempt 1", "timer 30000");
                    s.undone("refine", 1, false).at(1_000).timer();
                    s.undone("refine", 1, true)
                            .expect("ask undo to undo r/draft, attempt 1", "timer 31000");
                });
        script(
                "compensation: a failure of an attempt that is over changes nothing",
                s -> {
                    failed(s).undone("refine-2", 1, false);
                    s.undone("refine-2", 1, false).expectNothing();
                    s.at(1_000).timer().undone("refine-2", 1, false).expectNothing();
                    s.undone("refine-2", 2, false).expect("timer 3000");
                });
    }

    private void strays() {
        script(
                "compensation: a late success in the pause ends it",
                s -> {
                    failed(s).undone("refine-2", 1, true).undone("refine", 1, true);
                    s.undone("draft", 1, false).undone("draft", 1, true).expect("timer 3600000");
                });
        script(
                "compensation: answers that nobody asked for change nothing",
                s -> {
                    s.undone("draft", 1, true).expectNothing();
                    s.given(request("r").idempotencyKey("k")).undone("draft", 1, true);
                    s.expectNothing();
                    s = s.fresh();
                    s.given(request("r").preset("with-effects")).undone("draft", 1, true);
                    s.expectNothing();
                    failed(s.fresh()).undone("draft", 1, true).expectNothing();
                });
        script(
                "compensation: whatever else happens while something is undone",
                s -> {
                    everything(failed(s));
                    everything(s.undone("refine-2", 1, false));
                });
    }

    private static void everything(Saga s) {
        s.given(request("r")).expectNothing();
        s.given(new Event.ClaimGranted("r", Optional.empty())).expectNothing();
        s.given(new Event.ClaimRefused("r", "r0")).expectNothing();
        s.released("validate", 1).expectNothing();
        s.refused("validate", 1, Code.QUEUE_FULL).expectNothing();
        s.started("validate").expect("stop r/validate/1");
        s.given(new Event.AttemptProgressed(Saga.attempt("validate", 1, 1)));
        s.expect("stop r/validate/1");
        s.finished("validate", "late").expectNothing();
        s.lost("validate").expectNothing();
        s.cancelled().expectNothing();
        s.given(SingleScripts.unusable(Code.NULL_VALUE)).expect("dead letter null_value");
    }
}
