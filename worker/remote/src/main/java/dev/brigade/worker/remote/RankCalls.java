package dev.brigade.worker.remote;

import dev.brigade.worker.backend.RankingModel.RankingTask;
import dev.brigade.worker.backend.RankingModel.Scores;
import java.util.BitSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of {@code /rerank}, as Jina, Cohere, vLLM, llama-server and Brigade have it.
 *
 * @param model name there
 */
record RankCalls(Server server, String model) {

    private static final int CHARACTERS_A_TOKEN = 4;

    Scores rank(RankingTask task, CallTime time)
            throws CallFailure, CallCancelled, InterruptedException {
        int count = task.documents().size();
        ObjectNode body =
                Json.object()
                        .put("model", model)
                        .put("query", task.query())
                        .put("top_n", count)
                        .put("return_documents", false);
        ArrayNode documents = body.putArray("documents");
        task.documents().forEach(documents::add);
        JsonNode answer = server.post("/rerank", body, time);
        JsonNode usage = answer.path("usage");
        JsonNode tokens =
                usage.path("prompt_tokens").isInt()
                        ? usage.path("prompt_tokens")
                        : usage.path("total_tokens");
        return new Scores(
                scores(answer.path("results"), count),
                tokens.isInt() ? tokens.intValue() : guess(task));
    }

    private static double[] scores(JsonNode results, int count) throws CallFailure {
        double[] scores = new double[count];
        BitSet seen = new BitSet();
        for (JsonNode result : results.values()) {
            int index = result.path("index").isInt() ? result.path("index").intValue() : -1;
            JsonNode score = result.path("relevance_score");
            if (index < 0 || index >= count || !score.isNumber()) {
                throw CallFailure.malformed("with scores of no document");
            }
            seen.set(index);
            scores[index] = score.doubleValue();
        }
        if (seen.cardinality() != count) {
            throw CallFailure.malformed("with another number of scores than documents");
        }
        return scores;
    }

    private static int guess(RankingTask task) {
        int characters = task.documents().stream().mapToInt(String::length).sum();
        int queries = task.query().length() * task.documents().size();
        return Math.max(1, (characters + queries) / CHARACTERS_A_TOKEN);
    }
}
