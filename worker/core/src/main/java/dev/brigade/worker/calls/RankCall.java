package dev.brigade.worker.calls;

import dev.brigade.schema.Ranking;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.RankingModel.RankingTask;
import dev.brigade.worker.backend.RankingModel.Scores;
import dev.brigade.worker.backend.Result;
import java.time.Duration;
import java.util.Arrays;

/** Ranks documents. */
record RankCall(Ranker ranker, RankingTask task) implements Call {

    /** A way to rank. */
    @FunctionalInterface
    interface Ranker {
        Result<Scores> rank(RankingTask task, Cancellation cancellation, Duration limit);
    }

    @Override
    public Result<CallOutput> run(Cancellation cancellation, Duration limit) {
        return ranker.rank(task, cancellation, limit)
                .map(scores ->
                        CallOutput.reading(
                                new Ranking(Arrays.stream(scores.scores()).boxed().toList()),
                                scores.promptTokens()));
    }
}
