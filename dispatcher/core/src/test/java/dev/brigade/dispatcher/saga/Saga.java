package dev.brigade.dispatcher.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.planning.TestingPlanner;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Message;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.request.Vectors;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A script of one request: given this, expect that. Commands are compared as the short sentences of
 * {@link #sentence}. The request is "r", its stage "answer"; model "primary" is its route.
 */
final class Saga {

    static final Fleet FLEET = models().build();

    private final RequestMachine machine =
            new RequestMachine(TestingPlanner.planner(), TestingPlanner.PROMPTS, Limits.DEFAULTS);
    private final Visits visits;
    private Fleet fleet = FLEET;
    private Lifecycle lifecycle = Lifecycle.UNSEEN;
    private List<Command> commands = List.of();
    private long nowMs;

    /** The models that write. */
    static TestingFleet models() {
        return new TestingFleet()
                .with("primary", List.of("primary"), 4, 0)
                .with("quick", List.of("fast"), 4, 0)
                .with("spare", List.of("fast"), 4, 3);
    }

    Saga(Visits visits) {
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
        visits.note(lifecycle, event, nowMs, decision);
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
        return released("answer", dispatch);
    }

    Saga released(String stage, int dispatch) {
        return given(new Event.JobReleased("r", stage, job(stage, dispatch)));
    }

    Saga refused(int dispatch, Code code) {
        return refused("answer", dispatch, code);
    }

    Saga refused(String stage, int dispatch, Code code) {
        return given(new Event.JobRefused("r", stage, job(stage, dispatch), code));
    }

    Saga started(int dispatch, int delivery) {
        return given(new Event.AttemptStarted(attempt(dispatch, delivery)));
    }

    Saga started(String stage) {
        return given(new Event.AttemptStarted(attempt(stage, 1, 1)));
    }

    Saga progressed(int dispatch, int delivery) {
        return given(new Event.AttemptProgressed(attempt(dispatch, delivery)));
    }

    Saga finished(int dispatch, int delivery) {
        return given(
                new Event.AttemptFinished(attempt(dispatch, delivery), answer(dispatch, delivery)));
    }

    /** The first dispatch of the stage ends with this text. */
    Saga finished(String stage, String text) {
        return finished(stage, 1, text);
    }

    Saga finished(String stage, int dispatch, String text) {
        return finished(stage, dispatch, text, new Usage(7, 3));
    }

    Saga finished(String stage, int dispatch, String text, Usage usage) {
        Attempt attempt = attempt(stage, dispatch, 1);
        return given(new Event.AttemptFinished(attempt, answer(attempt.epoch(), text, usage)));
    }

    /** The first dispatch of the stage ends with what is no text. */
    Saga finished(String stage, Output output) {
        return finished(stage, 1, output);
    }

    Saga finished(String stage, int dispatch, Output output) {
        Attempt attempt = attempt(stage, dispatch, 1);
        return given(
                new Event.AttemptFinished(
                        attempt,
                        answer(attempt.epoch(), "", new Usage(7, 3))
                                .withOutput(Optional.of(output))));
    }

    /** The stage ends with these vectors. */
    Saga embedded(String stage, float[]... vectors) {
        return finished(stage, vectors(vectors));
    }

    static Output.Embeddings vectors(float[]... vectors) {
        int dimensions = vectors[0].length;
        var bytes =
                ByteBuffer.allocate(vectors.length * dimensions * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            for (float number : vector) {
                bytes.putFloat(number);
            }
        }
        return new Output.Embeddings(
                vectors.length,
                dimensions,
                Optional.of(new Vectors(bytes.array())),
                Optional.empty());
    }

    Saga failed(int dispatch, int delivery, Code code, boolean retriable) {
        return failed(attempt(dispatch, delivery), code, retriable);
    }

    /** The first dispatch of the stage fails for good. */
    Saga lost(String stage) {
        return failed(attempt(stage, 1, 1), Code.CONTEXT_LENGTH_EXCEEDED, false);
    }

    Saga failed(Attempt attempt, Code code, boolean retriable) {
        return given(new Event.AttemptFailed(attempt, code, "it failed", retriable, false));
    }

    Saga crashed(int dispatch, int delivery) {
        return crashed(attempt(dispatch, delivery));
    }

    Saga crashed(Attempt attempt) {
        return given(
                new Event.AttemptFailed(
                        attempt, Code.ENGINE_CRASHED, "the engine ended", true, true));
    }

    Saga undone(String stage, int attempt, boolean succeeded) {
        return given(
                new Event.CompensationAnswered(
                        "r", "r/" + stage, stage, attempt, succeeded, Optional.empty()));
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

    /** Released and started, the first dispatch of the stage. */
    Saga running(String stage) {
        return released(stage, 1).started(stage);
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

    /** The job of the stage that was sent out last. */
    Job enqueued(String stage) {
        return commands.stream()
                .flatMap(each ->
                        each instanceof Command.EnqueueJob enqueue
                                ? Optional.of(enqueue.job()).stream()
                                : Optional.<Job>empty().stream())
                .filter(job -> job.stage().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    /** What the model is told, as one text. */
    String told(String stage) {
        return ((Input.Chat) enqueued(stage).input())
                .messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    }

    /** Whether the model is told the text, and only as one that was rejected. */
    boolean inRejected(String stage, String text) {
        String told = told(stage);
        String fact = told.replaceAll("(?s)<rejected[^>]*>\\n.*?\\n</rejected>", "");
        return told.contains(text) && !fact.contains(text);
    }

    Report report() {
        return reply().report().orElseThrow();
    }

    /** What was left with the idempotency key. */
    Checkpoint checkpoint() {
        return only(Command.ReleaseClaim.class).checkpoint();
    }

    Command.ParkCompensation parked() {
        return only(Command.ParkCompensation.class);
    }

    private <T extends Command> T only(Class<T> kind) {
        return commands.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    /** Another request of the same test. */
    Saga fresh() {
        return new Saga(visits);
    }

    static Attempt attempt(int dispatch, int delivery) {
        return attempt("answer", dispatch, delivery);
    }

    static Attempt attempt(String stage, int dispatch, int delivery) {
        return attempt(stage, new Epoch(dispatch, delivery, "a" + dispatch + delivery));
    }

    static Attempt attempt(Epoch epoch) {
        return attempt("answer", epoch);
    }

    private static Attempt attempt(String stage, Epoch epoch) {
        return new Attempt("r", stage, job(stage, epoch.dispatch()), epoch, "worker-1", "primary");
    }

    static Answer answer(int dispatch, int delivery) {
        Epoch epoch = attempt(dispatch, delivery).epoch();
        return answer(epoch, "text of " + dispatch + "." + delivery, new Usage(7, 3));
    }

    static Answer answer(Epoch epoch, String text, Usage usage) {
        return new Answer(epoch, text, "stop", usage, new Timings(1, 2, 30), 2, "digest");
    }

    static String job(String stage, int dispatch) {
        return Job.idOf("r", stage, dispatch);
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
            case Command.PublishProgress progress ->
                    "progress %d and %d of %d"
                            .formatted(progress.done(), progress.failed(), progress.total());
            case Command.PublishResults results ->
                    "results %d: %s"
                            .formatted(
                                    results.part(),
                                    results.items().stream().map(Saga::sentence).toList());
            case Command.RetractDraft retract ->
                    "retract " + retract.stage() + " " + retract.epoch().attemptId();
            case Command.Compensate compensate ->
                    "compensate " + sentence(compensate.compensation());
            case Command.UndoEffect undo ->
                    "ask %s to undo %s, attempt %d"
                            .formatted(
                                    undo.topic(),
                                    undo.compensation().id(),
                                    undo.compensation().attempt());
            case Command.ParkCompensation park ->
                    "park %s after %d attempts"
                            .formatted(park.compensation().id(), park.compensation().attempt());
            case Command.ReleasePins _ -> "release pins";
            case Command.ReleaseClaim release ->
                    "release claim %s with %s"
                            .formatted(
                                    release.key(),
                                    release.checkpoint().stages().stream()
                                            .map(Checkpoint.StageCheckpoint::stage)
                                            .toList());
            case Command.Claim claim -> "claim " + claim.tenant() + "|" + claim.key();
            case Command.SetTimer timer -> "timer " + timer.atMs();
        };
    }

    private static String sentence(ImageResult result) {
        return result.index()
                + result.classification()
                        .map(seen -> " " + seen.label())
                        .orElseGet(() -> " " + result.error().orElseThrow().code().wireName());
    }

    private static String sentence(Compensation compensation) {
        return "%d %s: %s"
                .formatted(
                        compensation.order(),
                        compensation.id(),
                        compensation.actions().stream()
                                .map(Saga::sentence)
                                .collect(Collectors.joining(", ")));
    }

    private static String sentence(Compensation.Action action) {
        return switch (action) {
            case Compensation.RefundTokens refund -> "refund " + refund.usage().total();
            case Compensation.ReleaseState release -> "release " + release.model();
            case Compensation.RetractDraft _ -> "retract";
            case Compensation.UndoEffect undo -> "undo on " + undo.topic();
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
