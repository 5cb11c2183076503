package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.dispatcher.saga.Decision;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.dispatcher.scheduling.QueueCommand;
import dev.brigade.dispatcher.scheduling.QueueEvent;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is promised, checked against a whole history. It keeps its own books from events and
 * commands, and never asks the core what it thinks.
 */
final class HistoryChecker {

    private final Map<String, Book> books = new LinkedHashMap<>();
    private final Map<String, Set<String>> workersOfKey = new HashMap<>();
    private final Map<String, QueueChecker> queues = new HashMap<>();
    private final Map<Epoch, Answer> answers = new HashMap<>();
    private final Map<ReplyStatus, Integer> tally = new EnumMap<>(ReplyStatus.class);
    private final Map<String, Integer> modes = new HashMap<>();

    /** An engine really produced this. */
    void answered(Answer answer) {
        answers.put(answer.epoch(), answer);
    }

    /** G9: an attempt that nobody waits for does not live on, in calm times. */
    void ended(Attempt attempt, long startedAtMs, World world) {
        Book book = book(attempt.requestId());
        long uselessSinceMs = Math.max(book.closedAtMs, startedAtMs);
        if (uselessSinceMs < world.nowMs() - 1_000 && world.calmSince(uselessSinceMs - 5_000)) {
            throw broken(
                    "G9: worked on for %d ms".formatted(world.nowMs() - uselessSinceMs), attempt);
        }
    }

    void queued(String model, QueueEvent event, long nowMs, List<QueueCommand> commands) {
        queues.computeIfAbsent(model, QueueChecker::new).applied(event, nowMs, commands);
    }

    /**
     * @param calm whether clocks and records have come in time for a while
     */
    void decided(Lifecycle before, Event event, long nowMs, Decision decision, boolean calm) {
        Book book = book(event.requestId());
        boolean late =
                before instanceof Lifecycle.Open
                        && nowMs >= book.request.orElseThrow().deadlineAtMs();
        note(book, before, event, late);
        decision.commands().forEach(command -> check(book, event, nowMs, command));
        checkCancel(before, event, decision);
        if (before instanceof Lifecycle.Open && decision.next() instanceof Lifecycle.Closed) {
            require(book.running().isEmpty(), "every job is freed or withdrawn", book.running());
            SagaChecks.closed(book);
            require(!calm || !SagaChecks.missedLanding(book), "G8: lands in time", decision);
        }
        require(
                (decision.next() instanceof Lifecycle.Closed) == (book.replies.size() == 1)
                        || decision.next() instanceof Lifecycle.Unseen,
                "G1: closed exactly when replied",
                decision);
        if (before instanceof Lifecycle.Closed && decision.next() instanceof Lifecycle.Unseen) {
            SagaChecks.forgotten(book);
        }
    }

    /** The history is over: every request that was taken has its terminal, nothing is left over. */
    void finish() {
        books.forEach((id, book) -> {
            if (book.request.isPresent()) {
                require(book.replies.size() == 1, "G1: one terminal", id);
            }
        });
        queues.values().forEach(QueueChecker::finish);
    }

    Map<ReplyStatus, Integer> tally() {
        return tally;
    }

    /** How often what happened: "debate COMPLETED", "resumed COMPLETED", "parked", "skipped". */
    Map<String, Integer> modes() {
        return modes;
    }

    private Book book(String id) {
        return books.computeIfAbsent(id, _ -> new Book());
    }

    private static void note(Book book, Lifecycle before, Event event, boolean late) {
        switch (event) {
            case Event.RequestArrived arrived -> {
                if (before instanceof Lifecycle.Unseen) {
                    book.request = Optional.of(arrived.request());
                }
            }
            case Event.ClaimGranted granted -> {
                if (book.stages.isEmpty()) {
                    book.checkpoint = granted.checkpoint();
                }
            }
            case Event.JobRefused refused -> refused(book, refused);
            case Event.AttemptStarted started -> seen(book, started.attempt());
            case Event.AttemptProgressed progressed -> seen(book, progressed.attempt());
            case Event.AttemptFailed failed -> {
                Book.Stage stage = book.stage(failed.attempt().stage());
                if (failed.crashed() && stage.isCurrent(failed.attempt(), book.endedJobs)) {
                    stage.crashes++;
                }
                seen(book, failed.attempt());
            }
            case Event.AttemptFinished finished -> {
                Attempt attempt = finished.attempt();
                boolean current = book.stage(attempt.stage()).isCurrent(attempt, book.endedJobs);
                if (current && !late && BatchChecks.counts(finished.answer())) {
                    seen(book, attempt);
                    book.completed.put(attempt.stage(), finished.answer());
                }
            }
            case Event.CompensationAnswered answer -> {
                if (answer.succeeded() && SagaChecks.isAsked(book, answer.compensationId())) {
                    book.settled.add(answer.compensationId());
                }
            }
            default -> {}
        }
    }

    /** A batch sends the same job again later. */
    private static void refused(Book book, Event.JobRefused refused) {
        (BatchChecks.isBatch(book) ? book.held : book.endedJobs).add(refused.jobId());
    }

    /** Of two with equal numbers the first stays. */
    private static void seen(Book book, Attempt attempt) {
        Book.Stage stage = book.stage(attempt.stage());
        if (stage.isCurrent(attempt, book.endedJobs)) {
            stage.newestSeen = Optional.of(attempt.epoch());
            stage.attempts.add(attempt.epoch());
        }
    }

    private void check(Book book, Event event, long nowMs, Command command) {
        switch (command) {
            case Command.EnqueueJob enqueue -> enqueued(book, enqueue.job(), nowMs);
            case Command.WithdrawJob withdraw -> book.endedJobs.add(withdraw.jobId());
            case Command.FreeSlot free -> book.endedJobs.add(free.jobId());
            case Command.SendReply send -> replied(book, event, nowMs, send.reply());
            case Command.RecordUsage _ ->
                    require(++book.usageRecords == 1, "usage is recorded once", command);
            case Command.DeadLetter letter ->
                    book.crashLetter |= letter.reason().code() == Code.ENGINE_CRASHED;
            case Command.CancelAttempt cancel ->
                    require(
                            book.replies.isEmpty() || cancel.keep().isEmpty(),
                            "nothing is kept after the end",
                            cancel);
            case Command.ReleasePins _ -> book.pinReleases++;
            case Command.RetractDraft retract -> book.retracted.add(retract.stage());
            case Command.Compensate compensate ->
                    SagaChecks.compensated(book, compensate.compensation());
            case Command.UndoEffect undo -> SagaChecks.asked(book, undo.compensation());
            case Command.ParkCompensation park -> {
                SagaChecks.parked(book, park.compensation());
                modes.merge("parked", 1, Integer::sum);
            }
            case Command.PublishProgress progress when progress.stage().equals("batch") ->
                    BatchChecks.progressed(book, progress);
            case Command.PublishProgress progress -> SagaChecks.progressed(book, progress);
            case Command.PublishResults results -> BatchChecks.published(book, results);
            case Command.ReleaseClaim release -> {
                book.claimReleased = true;
                workersOfKey.remove(release.tenant() + "|" + release.key());
                SagaChecks.left(book, release.checkpoint());
            }
            case Command.Claim _, Command.SetTimer _ -> {}
        }
    }

    private void enqueued(Book book, Job job, long nowMs) {
        require(book.replies.isEmpty(), "no work after the terminal", job);
        if (BatchChecks.isHeld(book, job)) {
            modes.merge("held", 1, Integer::sum);
            return;
        }
        require(
                book.running().stream().noneMatch(old -> old.stage().equals(job.stage())),
                "one job at a time of a stage",
                job);
        require(!book.completed.containsKey(job.stage()), "nothing is done twice", job);
        Book.Stage stage = book.stage(job.stage());
        stage.jobs.add(job);
        stage.newestSeen = Optional.empty();
        require(job.dispatch() == stage.jobs.size(), "dispatches count up", job);
        require(stage.jobs.size() <= SimulatedDispatcher.LIMITS.maxDispatches(), "few jobs", job);
        require(
                stage.attempts.size() < SimulatedDispatcher.LIMITS.maxAttempts(),
                "no job after the last attempt",
                job);
        Request request = book.request.orElseThrow();
        SagaChecks.enqueued(book, request, job, nowMs);
        BatchChecks.enqueued(book, job);
        request.idempotencyKey()
                .ifPresent(key -> {
                    var workers =
                            workersOfKey.computeIfAbsent(
                                    request.tenant() + "|" + key, _ -> new HashSet<>());
                    workers.add(request.id());
                    require(workers.size() == 1, "G4: one worker per key", workers);
                });
    }

    private void replied(Book book, Event event, long nowMs, Reply reply) {
        book.replies.add(reply);
        book.closedAtMs = nowMs;
        tally.merge(reply.status(), 1, Integer::sum);
        reply.report()
                .ifPresent(report ->
                        modes.merge(report.mode() + " " + reply.status(), 1, Integer::sum));
        if (reply.report().filter(report -> !report.resumed().isEmpty()).isPresent()) {
            modes.merge("resumed " + reply.status(), 1, Integer::sum);
        }
        reply.report()
                .flatMap(report -> report.agreementMethod())
                .ifPresent(method -> modes.merge(method, 1, Integer::sum));
        if (reply.report().filter(report -> !report.skipped().isEmpty()).isPresent()) {
            modes.merge("skipped", 1, Integer::sum);
        }
        require(book.replies.size() == 1, "G1: one terminal", reply);
        switch (reply.status()) {
            case COMPLETED -> completed(book, nowMs, reply);
            case EXPIRED ->
                    require(
                            nowMs >= book.request.orElseThrow().deadlineAtMs(),
                            "G8: not early",
                            reply);
            case CANCELLED ->
                    require(event instanceof Event.CancelArrived, "G9: was cancelled", reply);
            case FAILED, REJECTED -> {}
        }
        boolean crashed =
                reply.error().map(error -> error.code() == Code.ENGINE_CRASHED).orElse(false);
        require(crashed == book.crashLetter, "a dead letter exactly with engine_crashed", reply);
        boolean hadEnough =
                book.stages.values().stream()
                        .anyMatch(
                                stage -> stage.crashes >= SimulatedDispatcher.LIMITS.maxCrashes());
        require(!crashed || hadEnough, "two crashes make a dead letter", reply);
    }

    private void completed(Book book, long nowMs, Reply reply) {
        require(nowMs < book.request.orElseThrow().deadlineAtMs(), "G8: not late", reply);
        String stage = reply.stage().orElseThrow();
        if (stage.equals("batch")) {
            return;
        }
        if (stage.equals("map")) {
            SagaChecks.gathered(book, reply);
            return;
        }
        Answer answer = reply.answer().orElseThrow();
        require(answer.equals(answers.get(answer.epoch())), "G3: an engine said so", reply);
        @Nullable Answer accepted = book.completed.get(stage);
        boolean resumed = reply.report().orElseThrow().resumed().contains(stage);
        require(resumed == (accepted == null), "G3: done here or taken over", reply);
        require(
                resumed || answer.equals(accepted),
                "G3: the answer of the stage's newest attempt",
                reply);
    }

    private static void checkCancel(Lifecycle before, Event event, Decision decision) {
        if (event instanceof Event.CancelArrived && before instanceof Lifecycle.Open) {
            require(decision.next() instanceof Lifecycle.Closed, "G9: closed at once", decision);
        }
    }

    private static AssertionError broken(String promise, Object where) {
        return new AssertionError("broken: " + promise + ": " + where);
    }

    static void require(boolean kept, String promise, Object where) {
        if (!kept) {
            throw broken(promise, where);
        }
    }
}
