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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is promised, checked against a whole history. It keeps its own books from events and
 * commands, and never asks the core what it thinks.
 */
final class HistoryChecker {

    /** Books of one request. */
    private static final class Book {
        Optional<Request> request = Optional.empty();
        final List<Reply> replies = new ArrayList<>();
        final List<Job> jobs = new ArrayList<>();
        final Set<String> endedJobs = new HashSet<>();
        Optional<Epoch> newestSeen = Optional.empty();
        final Set<Epoch> attempts = new HashSet<>();
        int usageRecords;
        int crashes;
        boolean crashLetter;
        long closedAtMs = Long.MAX_VALUE;
    }

    private final Map<String, Book> books = new LinkedHashMap<>();
    private final Map<String, Set<String>> workersOfKey = new HashMap<>();
    private final Map<String, QueueChecker> queues = new HashMap<>();
    private final Map<Epoch, Answer> answers = new HashMap<>();
    private final Map<ReplyStatus, Integer> tally = new EnumMap<>(ReplyStatus.class);

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

    void decided(Lifecycle before, Event event, long nowMs, Decision decision) {
        Book book = book(event.requestId());
        note(book, before, event);
        decision.commands().forEach(command -> check(book, event, nowMs, command));
        checkCancel(before, event, decision);
        if (before instanceof Lifecycle.Open && decision.next() instanceof Lifecycle.Closed) {
            checkEveryJobEnded(book);
        }
        require(
                (decision.next() instanceof Lifecycle.Closed) == (book.replies.size() == 1)
                        || decision.next() instanceof Lifecycle.Unseen,
                "G1: closed exactly when replied",
                decision);
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

    private Book book(String id) {
        return books.computeIfAbsent(id, _ -> new Book());
    }

    private static void note(Book book, Lifecycle before, Event event) {
        switch (event) {
            case Event.RequestArrived arrived -> {
                if (before instanceof Lifecycle.Unseen) {
                    book.request = Optional.of(arrived.request());
                }
            }
            case Event.AttemptStarted started -> seen(book, started.attempt());
            case Event.AttemptProgressed progressed -> seen(book, progressed.attempt());
            case Event.AttemptFailed failed -> {
                if (failed.crashed() && isCurrent(book, failed.attempt())) {
                    book.crashes++;
                }
                seen(book, failed.attempt());
            }
            default -> {}
        }
    }

    private static boolean isCurrent(Book book, Attempt attempt) {
        return !book.jobs.isEmpty()
                && !book.endedJobs.contains(attempt.jobId())
                && book.jobs.getLast().id().equals(attempt.jobId())
                && book.newestSeen
                        .filter(newest ->
                                !attempt.epoch().equals(newest)
                                        && !attempt.epoch().isNewerThan(newest))
                        .isEmpty();
    }

    /** Of two with equal numbers the first stays. */
    private static void seen(Book book, Attempt attempt) {
        if (isCurrent(book, attempt)) {
            book.newestSeen = Optional.of(attempt.epoch());
            book.attempts.add(attempt.epoch());
        }
    }

    private void check(Book book, Event event, long nowMs, Command command) {
        switch (command) {
            case Command.EnqueueJob enqueue -> enqueued(book, enqueue.job());
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
            default -> {}
        }
    }

    private void enqueued(Book book, Job job) {
        require(book.replies.isEmpty(), "no work after the terminal", job);
        require(
                book.jobs.stream().allMatch(old -> book.endedJobs.contains(old.id())),
                "one job at a time",
                job);
        book.jobs.add(job);
        book.newestSeen = Optional.empty();
        require(job.dispatch() == book.jobs.size(), "dispatches count up", job);
        require(book.jobs.size() <= SimulatedDispatcher.LIMITS.maxDispatches(), "few jobs", job);
        require(
                book.attempts.size() < SimulatedDispatcher.LIMITS.maxAttempts(),
                "no job after the last attempt",
                job);
        Request request = book.request.orElseThrow();
        require(
                request.explicitModel().map(job.model()::equals).orElse(true),
                "an explicit model is never replaced",
                job);
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
        require(book.replies.size() == 1, "G1: one terminal", reply);
        Optional<Request> request = book.request;
        switch (reply.status()) {
            case COMPLETED -> completed(book, (Event.AttemptFinished) event, nowMs, reply);
            case EXPIRED ->
                    require(nowMs >= request.orElseThrow().deadlineAtMs(), "G8: not early", reply);
            case CANCELLED ->
                    require(event instanceof Event.CancelArrived, "G9: was cancelled", reply);
            case FAILED, REJECTED -> {}
        }
        require(
                reply.error().map(error -> error.code() == Code.ENGINE_CRASHED).orElse(false)
                        == book.crashLetter,
                "a dead letter exactly with engine_crashed",
                reply);
        require(
                book.crashLetter
                        == (book.crashes >= SimulatedDispatcher.LIMITS.maxCrashes()
                                && reply.status() == ReplyStatus.FAILED),
                "two crashes make a dead letter",
                reply);
    }

    private void completed(Book book, Event.AttemptFinished event, long nowMs, Reply reply) {
        Answer answer = reply.answer().orElseThrow();
        Epoch epoch = answer.epoch();
        require(nowMs < book.request.orElseThrow().deadlineAtMs(), "G8: not late", reply);
        require(answer.equals(answers.get(epoch)), "G3: an engine said so", reply);
        require(event.attempt().epoch().equals(epoch), "G3: epoch of its own event", reply);
        require(epoch.dispatch() == book.jobs.size(), "G3: newest dispatch", reply);
        require(
                book.newestSeen
                        .map(newest -> epoch.equals(newest) || epoch.isNewerThan(newest))
                        .orElse(true),
                "G3: newest attempt",
                reply);
    }

    private static void checkCancel(Lifecycle before, Event event, Decision decision) {
        if (event instanceof Event.CancelArrived && before instanceof Lifecycle.Open) {
            require(decision.next() instanceof Lifecycle.Closed, "G9: closed at once", decision);
        }
    }

    private static void checkEveryJobEnded(Book book) {
        for (Job job : book.jobs) {
            require(book.endedJobs.contains(job.id()), "every job is freed or withdrawn", job);
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
