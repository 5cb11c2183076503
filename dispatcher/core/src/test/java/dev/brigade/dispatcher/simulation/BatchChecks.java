package dev.brigade.dispatcher.simulation;

import static dev.brigade.dispatcher.simulation.HistoryChecker.require;

import dev.brigade.dispatcher.planning.TestingPlanner;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.saga.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is promised of batches: each image has one result, which is its part's; and the sums. */
final class BatchChecks {

    private BatchChecks() {}

    static boolean isBatch(Book book) {
        return book.request.map(request -> request.input()).orElse(null)
                instanceof Input.ImageBatch;
    }

    /** Whether the job is sent to its queue again, which had not taken it. */
    static boolean isHeld(Book book, Job job) {
        List<Job> jobs = book.stage(job.stage()).jobs;
        return book.held.remove(job.id())
                && !jobs.isEmpty()
                && jobs.getLast().equals(job)
                && !book.endedJobs.contains(job.id());
    }

    /** An empty listing is no result. */
    static boolean counts(Answer answer) {
        return !(answer.output().orElse(null) instanceof Output.ListedItems found)
                || found.count() > 0;
    }

    static void enqueued(Book book, Job job) {
        if (!(job.input() instanceof Input.ImagePart part)) {
            return;
        }
        for (int i = part.from(); i < part.from() + part.count(); i++) {
            require(!book.results.containsKey(i), "batch: no image is classified again", job);
        }
        require(
                book.running().size() <= TestingPlanner.CONFIG.batch().window(),
                "batch: no more parts at once than the window",
                job);
        require(!job.stream() && !job.pin(), "batch: nothing is streamed or pinned", job);
    }

    static void published(Book book, Command.PublishResults results) {
        require(book.replies.isEmpty(), "batch: no results after the terminal", results);
        require(results.part() == book.resultRecords++, "batch: records have no gaps", results);
        String stage = stageOf(book, results.items());
        var part = (Input.ImagePart) book.stage(stage).jobs.getLast().input();
        require(results.items().size() == part.count(), "batch: a part's results", results);
        Map<Integer, ImageResult> said = said(Optional.ofNullable(book.completed.get(stage)));
        int index = part.from();
        for (ImageResult result : results.items()) {
            require(result.index() == index++, "batch: results are in order", results);
            @Nullable ImageResult engine = said.get(result.index());
            require(
                    engine == null ? result.error().isPresent() : result.equals(engine),
                    "batch: a result is what the part's newest attempt said",
                    results);
            require(
                    book.results.put(result.index(), result) == null,
                    "batch: one result an image",
                    results);
        }
    }

    private static String stageOf(Book book, List<ImageResult> items) {
        int first = items.getFirst().index();
        return book.stages.entrySet().stream()
                .filter(stage -> !stage.getValue().jobs.isEmpty())
                .filter(stage ->
                        stage.getValue().jobs.getLast().input() instanceof Input.ImagePart part
                                && part.from() == first)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Map<Integer, ImageResult> said(Optional<Answer> answer) {
        var said = new HashMap<Integer, ImageResult>();
        if (answer.flatMap(Answer::output).orElse(null) instanceof Output.ImageResults given) {
            given.items().forEach(result -> said.put(result.index(), result));
        }
        return said;
    }

    static void progressed(Book book, Command.PublishProgress progress) {
        require(progress.seq() == book.progress++, "progress has no gaps", progress);
        require(book.progress == book.resultRecords, "batch: progress with results", progress);
        require(progress.done() == done(book), "batch: progress counts images", progress);
        require(
                progress.done() + progress.failed() == book.results.size()
                        && book.results.size() <= progress.total(),
                "batch: progress counts all images",
                progress);
        require(progress.perSecond() > 0, "batch: results make a pace", progress);
    }

    private static int done(Book book) {
        return (int)
                book.results.values().stream()
                        .filter(result -> result.classification().isPresent())
                        .count();
    }

    /** The request has just closed. */
    static void closed(Book book) {
        Reply reply = book.reply();
        require(reply.summary().isPresent() == isBatch(book), "batch: always a summary", reply);
        if (!isBatch(book)) {
            return;
        }
        BatchSummary summary = reply.summary().orElseThrow();
        require(summary.done() == done(book), "batch: the summary counts images", summary);
        require(
                summary.done() + summary.failed() == book.results.size(),
                "batch: the summary counts all images",
                summary);
        require(summary.parts() == book.resultRecords, "batch: the summary counts parts", summary);
        require(
                summary.labels().values().stream().mapToLong(Long::longValue).sum()
                        == summary.done(),
                "batch: labels of all that are done",
                summary);
        require(
                reply.status() != ReplyStatus.COMPLETED || book.results.size() == images(book),
                "batch: an answer when all have results",
                summary);
        require(
                !book.results.isEmpty() || summary.seconds() == 0,
                "batch: no time without results",
                summary);
    }

    private static int images(Book book) {
        var batch = (Input.ImageBatch) book.request.orElseThrow().input();
        return batch.source() instanceof ImageSource.Inline inline
                ? inline.items().size()
                : Optional.ofNullable(book.completed.get("list")).flatMap(Answer::output).stream()
                        .mapToInt(output -> ((Output.ListedItems) output).count())
                        .sum();
    }
}
