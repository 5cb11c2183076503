package dev.brigade.dispatcher.simulation;

import static dev.brigade.dispatcher.simulation.HistoryChecker.require;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Message;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.saga.Command;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is promised of requests with several stages: budgets, handoffs, compensation (G5). */
final class SagaChecks {

    /** What every simulated text is recognised by. */
    static final Pattern MARK = Pattern.compile("words of [a-z0-9-]+;");

    private static final Pattern REJECTED =
            Pattern.compile("(?s)<rejected[^>]*>\\n.*?\\n</rejected>");

    private static final Map<String, Integer> MOST_STAGES =
            Map.of(
                    "single",
                    1,
                    "critique",
                    6,
                    "debate",
                    9,
                    "ensemble",
                    5,
                    "pipeline",
                    5,
                    "batch",
                    2);

    private SagaChecks() {}

    static void enqueued(Book book, Request request, Job job, long nowMs) {
        require(
                job.deadlineAtMs() <= request.deadlineAtMs() && job.deadlineAtMs() > nowMs,
                "G8: a job's share lies within the request's time",
                job);
        require(
                request.explicitModel().map(job.model()::equals).orElse(true)
                        || request.mode().filter("critique"::equals).isPresent()
                        || request.mode().filter("pipeline"::equals).isPresent(),
                "an explicit model is never replaced",
                job);
        @Nullable Input before = book.stage(job.stage()).inputOfModel.put(job.model(), job.input());
        require(before == null || before.equals(job.input()), "the same input again", job);
        require(
                !job.stream() || (request.stream() && (job.isFinal() || request.streamStages())),
                "only what is asked for is published",
                job);
        tokens(book, request, job);
        handoff(book, job);
    }

    private static void tokens(Book book, Request request, Job job) {
        if (request.maxTotalTokens().isEmpty()) {
            require(job.sagaTokens().isEmpty(), "no bound where none is set", job);
            return;
        }
        int setAside = book.running().stream().mapToInt(each -> each.sagaTokens().orElse(0)).sum();
        require(
                book.usedTokens() + setAside <= request.maxTotalTokens().getAsInt(),
                "tokens: never more than the budget are given out",
                job);
        require(
                !job.input().asksForText()
                        || job.sampling().maxTokens().orElseThrow()
                                <= job.sagaTokens().orElseThrow(),
                "tokens: an answer is bounded by its share",
                job);
    }

    /** Only accepted texts of this request are handed on; those sent back only as rejected. */
    private static void handoff(Book book, Job job) {
        if (!(job.input() instanceof Input.Chat chat)) {
            return;
        }
        String told =
                chat.messages().stream().map(Message::content).collect(Collectors.joining("\n"));
        Set<String> known = new HashSet<>();
        book.completed.values().forEach(answer -> marks(answer.text(), known));
        book.checkpoint.ifPresent(
                from -> from.stages().forEach(done -> marks(done.answer().text(), known)));
        var handed = new HashSet<String>();
        marks(told, handed);
        require(known.containsAll(handed), "only accepted texts are handed on", job);
        String asFact = REJECTED.matcher(told).replaceAll("");
        sentBack(book, job)
                .ifPresent(mark ->
                        require(
                                !asFact.contains(mark),
                                "a text that was sent back is no fact",
                                job));
    }

    private static void marks(String text, Set<String> into) {
        MARK.matcher(text).results().forEach(found -> into.add(found.group()));
    }

    /** The mark of the text that a validator sent back. */
    private static Optional<String> sentBack(Book book, Job job) {
        if (!job.stage().matches("refine-[23]") || !judged(book).contains("\"revise\"")) {
            return Optional.empty();
        }
        String rejected = job.stage().equals("refine-3") ? "refine-2" : "refine";
        return text(book, rejected)
                .flatMap(text ->
                        MARK.matcher(text).results().map(found -> found.group()).findFirst());
    }

    private static String judged(Book book) {
        return text(book, "validate").orElse("");
    }

    private static Optional<String> text(Book book, String stage) {
        return Optional.ofNullable(book.completed.get(stage))
                .map(Answer::text)
                .or(() ->
                        book.checkpoint.stream()
                                .flatMap(from -> from.stages().stream())
                                .filter(done -> done.stage().equals(stage))
                                .map(done -> done.answer().text())
                                .findFirst());
    }

    static void compensated(Book book, Compensation compensation) {
        require(compensation.order() == book.compensations.size(), "G5: order", compensation);
        require(compensation.attempt() == 1, "G5: issued once", compensation);
        book.compensations.add(compensation);
    }

    static void asked(Book book, Compensation compensation) {
        long sameId = book.asked.stream().filter(old -> old.id().equals(compensation.id())).count();
        require(compensation.attempt() == sameId + 1, "G5: attempts count up", compensation);
        require(!book.settled.contains(compensation.id()), "G5: not asked again", compensation);
        for (Compensation newer : book.compensations.subList(0, compensation.order())) {
            require(book.settled.contains(newer.id()), "G5: strictly in turn", compensation);
        }
        book.asked.add(compensation);
    }

    static void parked(Book book, Compensation compensation) {
        book.parked++;
        require(isAsked(book, compensation.id()), "G5: parked only when asked", compensation);
        require(
                compensation.attempt() == SimulatedDispatcher.LIMITS.undoing().maxAttempts(),
                "G5: parked after the last attempt",
                compensation);
        require(book.settled.add(compensation.id()), "G5: parked once", compensation);
    }

    static boolean isAsked(Book book, String id) {
        return book.asked.stream().anyMatch(each -> each.id().equals(id));
    }

    static void progressed(Book book, Command.PublishProgress progress) {
        require(progress.seq() == book.progress++, "progress has no gaps", progress);
        require(
                progress.done() + progress.failed() == book.progress
                        && book.progress <= progress.total(),
                "progress counts items",
                progress);
    }

    static void left(Book book, Checkpoint checkpoint) {
        var stages = checkpoint.stages().stream().map(each -> each.stage()).toList();
        require(stages.containsAll(book.completed.keySet()), "all that is done is left", stages);
        require(
                checkpoint.stages().stream()
                        .filter(each -> book.completed.containsKey(each.stage()))
                        .allMatch(each -> each.answer().equals(book.completed.get(each.stage()))),
                "what is left is what was done",
                stages);
    }

    /** The request has just closed. */
    static void closed(Book book) {
        Reply reply = book.reply();
        var newestFirst = new ArrayList<>(book.completed.keySet()).reversed();
        List<String> undone = book.compensations.stream().map(Compensation::stage).toList();
        boolean answered = reply.status() == ReplyStatus.COMPLETED || BatchChecks.isBatch(book);
        require(
                undone.equals(answered ? List.of() : newestFirst),
                "G5: each completed stage once, newest first, on failure alone",
                undone + " of " + newestFirst);
        require(
                answered || !undone.isEmpty() || !book.claimReleased || book.checkpoint.isPresent(),
                "a key is given back with something",
                reply);
        require(!answered || !book.claimReleased, "the key of an answer is kept", reply);
        boolean expectPins = reply.status() == ReplyStatus.COMPLETED && book.donePinned();
        require(!expectPins || book.pinReleases == 1, "pins are released", reply);
        require(
                reply.usage()
                        .equals(
                                book.completed.values().stream()
                                        .map(Answer::usage)
                                        .reduce(Usage.NONE, Usage::plus)),
                "usage is that of the accepted answers",
                reply);
        retracted(book, answered);
        BatchChecks.closed(book);
        reply.report()
                .ifPresent(report -> {
                    bounded(report);
                    resumed(book, report);
                });
    }

    /** Whether a request ran out of time that had something to answer in time. */
    static boolean missedLanding(Book book) {
        Request request = book.request.orElseThrow();
        String mode = book.reply().report().map(Report::mode).orElse("");
        boolean degrades = !List.of("single", "pipeline", "batch").contains(mode);
        return book.reply().status() == ReplyStatus.EXPIRED
                && degrades
                && !book.completed.isEmpty()
                && request.deadlineAtMs() - request.receivedAtMs() >= 5_000;
    }

    private static void retracted(Book book, boolean answered) {
        if (!answered) {
            for (String stage : book.completed.keySet()) {
                require(
                        book.stage(stage).jobs.getLast().stream() == book.retracted.contains(stage),
                        "what was published is retracted",
                        stage);
            }
        }
    }

    private static void bounded(Report report) {
        int most = MOST_STAGES.getOrDefault(report.mode(), 6);
        require(report.stages().size() <= most, "few stages", report);
    }

    private static void resumed(Book book, Report report) {
        for (String stage : report.resumed()) {
            require(
                    book.checkpoint.stream()
                            .flatMap(from -> from.stages().stream())
                            .anyMatch(done -> done.stage().equals(stage)),
                    "only what was left is taken over",
                    stage);
            require(
                    book.stage(stage).jobs.isEmpty(),
                    "what was taken over is not done again",
                    stage);
        }
    }

    /** The request's id has just been forgotten. */
    static void forgotten(Book book) {
        boolean outside =
                book.compensations.stream()
                        .flatMap(each -> each.actions().stream())
                        .anyMatch(Compensation.UndoEffect.class::isInstance);
        require(
                !outside
                        || book.compensations.stream()
                                .allMatch(each -> book.settled.contains(each.id())),
                "G5: every effect is undone or parked before its request is forgotten",
                book.compensations);
    }

    static void gathered(Book book, Reply reply) {
        Request request = book.request.orElseThrow();
        int items = request.input() instanceof Input.Map map ? map.items().size() : 0;
        require(reply.items().size() == items, "a result for each item", reply);
        for (Reply.ItemResult item : reply.items()) {
            @Nullable Answer accepted = book.completed.get("item-" + (item.index() + 1));
            require(
                    item.answer().equals(Optional.ofNullable(accepted)),
                    "an item's result is its stage's",
                    item);
        }
        require(!book.completed.isEmpty(), "something is gathered", reply);
    }
}
