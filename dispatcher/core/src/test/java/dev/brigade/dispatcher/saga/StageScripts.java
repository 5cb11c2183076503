package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.request.Usage;
import java.util.List;
import java.util.Optional;

/** One stage of several, whatever the mode: every way to begin, to end and to be told apart. */
final class StageScripts extends Scripts {

    private static final List<String> MODES =
            List.of("critique", "debate", "ensemble", "pipeline", "map");

    StageScripts() {
        ends();
        strays();
        everyMode();
        lastStraws();
        beginnings();
    }

    private static Saga debate(Saga s) {
        return s.given(request("r").mode("debate"));
    }

    private void ends() {
        script(
                "stage: it is done or lost wherever it stands, and the others go on",
                s -> {
                    debate(s).released("answer-1.1", 1).finished("answer-1.1", "one");
                    s.expect("free r/answer-1.1/1 on primary");
                    s.running("answer-1.2").finished("answer-1.2", "two");
                    s.expect("free r/answer-1.2/1 on quick");
                    s = debate(s.fresh()).released("answer-1.1", 1).lost("answer-1.1");
                    s.expect("free r/answer-1.1/1 on primary");
                    s.running("answer-1.2").lost("answer-1.2");
                    s.expect("free r/answer-1.2/1 on quick");
                });
        script(
                "stage: a full queue loses it, and the others go on",
                s -> debate(s).refused("answer-1.1", 1, Code.QUEUE_FULL).expectNothing());
        script(
                "stage: the sixth attempt loses it, and the others go on",
                s -> {
                    sixAttempts(debate(s), false)
                            .expect(
                                    "stop r/answer-1.1/1 but a16",
                                    "withdraw r/answer-1.1/1 on primary: closed",
                                    "stop r/answer-1.1/1");
                    sixAttempts(debate(s.fresh()), true).expectLife(Lifecycle.Open.class);
                });
        script(
                "stage: who waits or runs past its share is lost where it can be spared",
                s -> {
                    debate(s).finished("answer-1.2", "two").at(59_999);
                    s.given(new Event.AttemptStarted(Saga.attempt("answer-1.1", 1, 1)));
                    s.at(60_000)
                            .timer()
                            .expect(
                                    "withdraw r/answer-1.1/1 on primary: expired",
                                    "stop r/answer-1.1/1",
                                    "withdraw r/answer-1.3/1 on spare: expired",
                                    "release pins",
                                    "reply COMPLETED two",
                                    "usage 7+3",
                                    "timer 3660000");
                    s = s.fresh().given(request("r").items("a", "b", "c", "d"));
                    s.finished("item-1", "a!").at(59_999);
                    s.given(new Event.AttemptStarted(Saga.attempt("item-3", 1, 1)));
                    s.at(60_000).timer().expectLife(Lifecycle.Open.class);
                    s.given(new Event.AttemptStarted(Saga.attempt("item-4", 1, 1)));
                    s.at(119_500).timer();
                });
    }

    private static Saga sixAttempts(Saga s, boolean byProgress) {
        for (int delivery = 1; delivery <= 5; delivery++) {
            s.given(new Event.AttemptStarted(Saga.attempt("answer-1.1", 1, delivery)));
        }
        var sixth = Saga.attempt("answer-1.1", 1, 6);
        return s.given(
                byProgress ? new Event.AttemptProgressed(sixth) : new Event.AttemptStarted(sixth));
    }

    private void strays() {
        script(
                "stage: whatever is heard of one that is over changes nothing",
                s -> {
                    debate(s).finished("answer-1.1", "one").lost("answer-1.2");
                    strays(s, "answer-1.1");
                    strays(s, "answer-1.2");
                    s.at(120_000).finished("answer-1.1", "late");
                    s = debate(s.fresh()).finished("answer-1.1", "one").lost("answer-1.2");
                    s.at(120_000).lost("answer-1.2");
                    for (String over : List.of("answer-1.1", "answer-1.2")) {
                        lateStrays(debate(s.fresh()), over);
                    }
                });
    }

    private static void strays(Saga s, String stage) {
        s.released(stage, 1).expectNothing();
        s.refused(stage, 1, Code.QUEUE_FULL).expectNothing();
        s.started(stage).expect("stop r/" + stage + "/1");
        s.given(new Event.AttemptProgressed(Saga.attempt(stage, 1, 1)));
        s.expect("stop r/" + stage + "/1");
        s.finished(stage, "again").expectNothing();
        s.lost(stage).expectNothing();
        s.timer().expect("timer 60000");
    }

    private static void lateStrays(Saga s, String stage) {
        s.finished("answer-1.1", "one").lost("answer-1.2").at(120_000).started(stage);
        assertThat(s.reply().status().name()).isEqualTo("EXPIRED");
    }

    private void everyMode() {
        script(
                "every mode: the key of an earlier request refuses it",
                s -> {
                    for (String mode : MODES) {
                        s.fresh()
                                .given(of(mode).idempotencyKey("k"))
                                .given(new Event.ClaimRefused("r", "r0"))
                                .expect("reply REJECTED duplicate_request", "timer 3600000");
                    }
                });
        script(
                "every mode: full queues for all that it begins with refuse it",
                s -> {
                    fullQueues(s.fresh().given(of("critique")), "draft");
                    fullQueues(s.fresh().given(of("pipeline")), "draft");
                    fullQueues(s.fresh().given(of("map")), "item-1", "item-2");
                    String[] answers = {"answer-1.1", "answer-1.2", "answer-1.3"};
                    fullQueues(s.fresh().given(of("debate")), answers);
                    fullQueues(s.fresh().given(request("r").preset("choir")), answers);
                    fullQueues(s.fresh().given(of("ensemble")), "sample-1", "sample-2", "sample-3");
                });
    }

    private static void fullQueues(Saga s, String... stages) {
        for (String stage : stages) {
            s.refused(stage, 1, Code.QUEUE_FULL);
        }
        s.expect("reply REJECTED queue_full", "timer 3600000");
    }

    private static TestingRequest of(String mode) {
        return mode.equals("map")
                ? request("r").items("a", "b").stream(false)
                : request("r").mode(mode);
    }

    /** Each of them finds the first stage done and its effects undone. */
    private void lastStraws() {
        script(
                "stage: whatever ends the request, effects are undone outside",
                s -> {
                    undoing(effects(s.fresh()).cancelled());
                    undoing(effects(s.fresh()).at(120_000).timer());
                    undoing(effects(s.fresh()).refused("refine", 1, Code.QUEUE_FULL));
                    undoing(sixRefinements(effects(s.fresh()), false));
                    undoing(sixRefinements(effects(s.fresh()), true));
                    Saga silent = effects(s.fresh());
                    for (int dispatch = 1; dispatch <= 2; dispatch++) {
                        silent.failed(Saga.attempt("refine", dispatch, 1), Code.ENGINE_ERROR, true);
                    }
                    undoing(silent.released("refine", 3).at(45_000).timer());
                    Saga poor =
                            s.fresh()
                                    .given(
                                            request("r")
                                                    .preset("with-effects")
                                                    .maxTotalTokens(1_400));
                    undoing(poor.finished("draft", 1, "one", new Usage(500, 890)));
                });
    }

    private static Saga effects(Saga s) {
        return s.given(request("r").preset("with-effects").deadlineAtMs(120_000))
                .finished("draft", "one");
    }

    private static Saga sixRefinements(Saga s, boolean byProgress) {
        for (int delivery = 1; delivery <= 5; delivery++) {
            s.given(new Event.AttemptStarted(Saga.attempt("refine", 1, delivery)));
        }
        var sixth = Saga.attempt("refine", 1, 6);
        return s.given(
                byProgress ? new Event.AttemptProgressed(sixth) : new Event.AttemptStarted(sixth));
    }

    private static void undoing(Saga s) {
        assertThat(Saga.sentences(s.commands())).contains("ask undo to undo r/draft, attempt 1");
    }

    private void beginnings() {
        String huge = "long ".repeat(2_000);
        script(
                "stage: one that the budget is too small for is lost at once, and the others go on",
                s -> {
                    s.given(
                            request("r")
                                    .items(huge, "b", "c")
                                    .maxTotalTokens(2_000)
                                    .idempotencyKey("k"));
                    s.given(new Event.ClaimGranted("r", Optional.empty()));
                    assertThat(Saga.sentences(s.commands()))
                            .containsExactly(
                                    "progress 0 and 1 of 3",
                                    "enqueue r/item-2/1 on primary",
                                    "enqueue r/item-3/1 on primary",
                                    "timer 60000");
                });
        script(
                "stage: a slot that frees goes to the next, or past one that is too dear",
                s -> {
                    items(s, huge).finished("item-1", "a!");
                    s.expect(
                            "free r/item-1/1 on primary",
                            "progress 1 and 0 of 5",
                            "progress 1 and 1 of 5",
                            "enqueue r/item-4/1 on primary");
                    items(s.fresh(), huge).lost("item-1");
                    items(s.fresh(), huge).refused("item-1", 1, Code.QUEUE_FULL);
                    s = items(s.fresh(), "c").refused("item-1", 1, Code.QUEUE_FULL);
                    s.expect("progress 0 and 1 of 5", "enqueue r/item-3/1 on primary");
                });
        script(
                "stage: time that runs out frees a slot too",
                s -> {
                    s.given(request("r").items("a", "b", "c", huge, "e").maxTotalTokens(2_000));
                    s.finished("item-1", "a!").at(40_000).timer();
                    assertThat(Saga.sentences(s.commands()))
                            .containsSequence(
                                    "withdraw r/item-2/1 on primary: expired",
                                    "progress 1 and 1 of 5",
                                    "progress 1 and 2 of 5",
                                    "enqueue r/item-5/1 on primary");
                });
        script(
                "stage: a request whose first stage is too dear ends when its key is granted",
                s -> {
                    s.given(request("r").maxTotalTokens(20).idempotencyKey("k"));
                    s.given(new Event.ClaimGranted("r", Optional.empty()))
                            .expect("reply REJECTED budget_exhausted", "timer 3600000");
                });
    }

    private static Saga items(Saga s, String third) {
        return s.given(request("r").items("a", "b", third, "d", "e").maxTotalTokens(2_000));
    }
}
