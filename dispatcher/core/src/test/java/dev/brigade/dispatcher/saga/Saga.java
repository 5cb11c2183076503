package dev.brigade.dispatcher.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A script of one request: given this, expect that. Commands are compared as the short sentences of
 * {@link #sentence}. The request is "r", its stage "answer"; model "primary" is its route.
 */
final class Saga {

    static final Fleet FLEET =
            new TestingFleet()
                    .with("primary", List.of("primary"), 4, 0)
                    .with("quick", List.of("fast"), 4, 0)
                    .with("spare", List.of("fast"), 4, 3)
                    .build();

    private final RequestMachine machine =
            new RequestMachine(TestingFleet.router(), Limits.DEFAULTS);
    private final Transitions.Visits visits;
    private Fleet fleet = FLEET;
    private Lifecycle lifecycle = Lifecycle.UNSEEN;
    private List<Command> commands = List.of();
    private long nowMs;

    Saga(Transitions.Visits visits) {
        this.visits = visits;
    }

    Saga at(long ms) {
        nowMs = ms;
        return this;
    }

    Saga fleet(Fleet value) {
        fleet = value;
        return this;
    }

    Saga given(Event event) {
        Decision decision = machine.decide(lifecycle, event, fleet, nowMs);
        visits.note(lifecycle, event, nowMs, decision.next());
        assertThat(machine.decide(lifecycle, event, fleet, nowMs))
                .as("decided again")
                .isEqualTo(decision);
        lifecycle = decision.next();
        commands = decision.commands();
        return this;
    }

    Saga given(TestingRequest request) {
        return given(new Event.RequestArrived(request.build()));
    }

    /** These commands and no others, in this order. */
    Saga expect(String... sentences) {
        assertThat(commands.stream().map(Saga::sentence)).containsExactly(sentences);
        return this;
    }

    Saga expectNothing() {
        return expect();
    }

    Saga expectLife(Class<? extends Lifecycle> life) {
        assertThat(lifecycle).isInstanceOf(life);
        return this;
    }

    Saga released(int dispatch) {
        return given(new Event.JobReleased("r", "answer", job(dispatch)));
    }

    Saga refused(int dispatch, Code code) {
        return given(new Event.JobRefused("r", "answer", job(dispatch), code));
    }

    Saga started(int dispatch, int delivery) {
        return given(new Event.AttemptStarted(attempt(dispatch, delivery)));
    }

    Saga progressed(int dispatch, int delivery) {
        return given(new Event.AttemptProgressed(attempt(dispatch, delivery)));
    }

    Saga finished(int dispatch, int delivery) {
        return given(
                new Event.AttemptFinished(attempt(dispatch, delivery), answer(dispatch, delivery)));
    }

    Saga failed(int dispatch, int delivery, Code code, boolean retriable) {
        return given(
                new Event.AttemptFailed(
                        attempt(dispatch, delivery), code, "it failed", retriable, false));
    }

    Saga crashed(int dispatch, int delivery) {
        return given(
                new Event.AttemptFailed(
                        attempt(dispatch, delivery),
                        Code.ENGINE_CRASHED,
                        "the engine ended",
                        true,
                        true));
    }

    Saga cancelled() {
        return given(new Event.CancelArrived("r"));
    }

    Saga timer() {
        return given(new Event.TimerFired("r"));
    }

    /** Released and started. */
    Saga running(int dispatch) {
        return released(dispatch).started(dispatch, 1).expectNothing();
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    List<Command> commands() {
        return commands;
    }

    Reply reply() {
        return commands.stream()
                .flatMap(each ->
                        each instanceof Command.SendReply send
                                ? Optional.of(send.reply()).stream()
                                : Optional.<Reply>empty().stream())
                .findFirst()
                .orElseThrow();
    }

    static Attempt attempt(int dispatch, int delivery) {
        return attempt(new Epoch(dispatch, delivery, "a" + dispatch + delivery));
    }

    static Attempt attempt(Epoch epoch) {
        return new Attempt("r", "answer", job(epoch.dispatch()), epoch, "worker-1", "primary");
    }

    static Answer answer(int dispatch, int delivery) {
        Epoch epoch = attempt(dispatch, delivery).epoch();
        String text = "text of " + dispatch + "." + delivery;
        return new Answer(epoch, text, "stop", new Usage(7, 3), new Timings(1, 2, 30), 2, "digest");
    }

    static String job(int dispatch) {
        return Job.idOf("r", "answer", dispatch);
    }

    static List<String> sentences(List<Command> commands) {
        var sentences = new ArrayList<String>();
        commands.forEach(command -> sentences.add(sentence(command)));
        return sentences;
    }

    static String sentence(Command command) {
        return switch (command) {
            case Command.EnqueueJob enqueue ->
                    "enqueue " + enqueue.job().id() + " on " + enqueue.job().model();
            case Command.WithdrawJob withdraw ->
                    "withdraw %s on %s: %s"
                            .formatted(withdraw.jobId(), withdraw.model(), withdraw.reason());
            case Command.FreeSlot free -> "free " + free.jobId() + " on " + free.model();
            case Command.CancelAttempt cancel ->
                    "stop "
                            + cancel.jobId().orElse("all of " + cancel.requestId())
                            + cancel.keep().map(keep -> " but " + keep.attemptId()).orElse("");
            case Command.SendReply send -> sentence(send.reply());
            case Command.RecordUsage usage ->
                    "usage %d+%d"
                            .formatted(
                                    usage.usage().promptTokens(), usage.usage().completionTokens());
            case Command.DeadLetter letter -> "dead letter " + letter.reason().code().wireName();
            case Command.Claim claim -> "claim " + claim.tenant() + "|" + claim.key();
            case Command.SetTimer timer -> "timer " + timer.atMs();
        };
    }

    private static String sentence(Reply reply) {
        String what =
                reply.answer()
                        .map(Answer::text)
                        .orElseGet(() -> reply.error().orElseThrow().code().wireName());
        return "reply " + reply.status() + " " + what;
    }

    static Request plain() {
        return TestingRequest.request("r").build();
    }
}
