package dev.brigade.bench.evaluation;

import dev.brigade.bench.evaluation.questions.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Puts a set of questions to a contest, some at a time. After the limit no further question is
 * begun, and those that are finished count.
 */
final class Evaluation {

    private static final int PROGRESS_STEPS = 20;

    private final Contest contest;
    private final int concurrency;
    private final Consumer<Comparison> results;
    private final Consumer<String> progress;
    private final LongSupplier nanoTime;

    /**
     * @param concurrency questions at a time
     * @param results takes every comparison as it is made; one call at a time
     * @param nanoTime clock of the limit
     */
    Evaluation(
            Contest contest,
            int concurrency,
            Consumer<Comparison> results,
            Consumer<String> progress,
            LongSupplier nanoTime) {
        this.contest = contest;
        this.concurrency = concurrency;
        this.results = results;
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /** The comparisons made within the limit, in the order of their questions. */
    List<Comparison> run(List<Question> questions, Duration limit) throws InterruptedException {
        Run run = new Run(questions, nanoTime.getAsLong() + limit.toNanos());
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().name("questions-", 1).factory())) {
            List<Callable<Void>> lanes = new ArrayList<>();
            for (int i = 0; i < concurrency; i++) {
                lanes.add(run::lane);
            }
            for (Future<Void> lane : threads.invokeAll(lanes)) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the evaluation broke off", e);
        }
        return run.inOrder();
    }

    /** One pass over the questions. */
    private final class Run {

        private final List<Question> questions;
        private final long endNanos;
        private final AtomicInteger next = new AtomicInteger();
        private final List<Comparison> done = new ArrayList<>();

        Run(List<Question> questions, long endNanos) {
            this.questions = questions;
            this.endNanos = endNanos;
        }

        private Void lane() throws InterruptedException {
            int at;
            while (nanoTime.getAsLong() - endNanos < 0
                    && (at = next.getAndIncrement()) < questions.size()) {
                take(contest.compare(questions.get(at)));
            }
            return null;
        }

        private synchronized void take(Comparison comparison) {
            done.add(comparison);
            results.accept(comparison);
            int step = Math.max(1, questions.size() / PROGRESS_STEPS);
            if (done.size() % step == 0) {
                progress.accept("%d of %d questions".formatted(done.size(), questions.size()));
            }
        }

        private synchronized List<Comparison> inOrder() {
            return done.stream()
                    .sorted(Comparator.comparingInt(c -> questions.indexOf(c.question())))
                    .toList();
        }
    }
}
