package dev.brigade.worker.calls;

import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.EmbeddingModel.EmbeddingTask;
import dev.brigade.worker.backend.EmbeddingModel.InputType;
import dev.brigade.worker.backend.EmbeddingModel.Texts;
import dev.brigade.worker.backend.EmbeddingModel.Vectors;
import dev.brigade.worker.backend.RankingModel.RankingTask;
import dev.brigade.worker.backend.RankingModel.Scores;
import dev.brigade.worker.backend.Result;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Ranks documents by the cosine between their vectors and the query's. */
record CosineRanker(EmbeddingModel model) implements RankCall.Ranker {

    @Override
    public Result<Scores> rank(RankingTask task, Cancellation cancellation, Duration limit) {
        TimeLimit until = TimeLimit.in(limit);
        return embed(task, List.of(task.query()), InputType.QUERY, cancellation, until)
                .then(query ->
                        embed(task, task.documents(), InputType.DOCUMENT, cancellation, until)
                                .map(documents -> scores(query, documents)));
    }

    private Result<Vectors> embed(
            RankingTask task,
            List<String> texts,
            InputType type,
            Cancellation cancel,
            TimeLimit until) {
        return model.embed(
                new EmbeddingTask(
                        task.id(),
                        new Texts.Strings(texts),
                        type,
                        OptionalInt.empty(),
                        task.priority()),
                cancel,
                until.left());
    }

    private static Scores scores(Vectors query, Vectors documents) {
        float[] wanted = query.vectors().getFirst();
        double[] scores =
                documents.vectors().stream().mapToDouble(each -> cosine(wanted, each)).toArray();
        return new Scores(scores, query.promptTokens() + documents.promptTokens());
    }

    /** 0 where one of them has no direction. */
    static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB);
        return lengths == 0 ? 0 : product / lengths;
    }
}
