package dev.brigade.worker.remote;

import dev.brigade.config.EmbeddingOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.EmbeddingModel.EmbeddingTask;
import dev.brigade.worker.backend.EmbeddingModel.InputType;
import dev.brigade.worker.backend.EmbeddingModel.Texts;
import dev.brigade.worker.backend.EmbeddingModel.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of {@code /embeddings}.
 *
 * @param model name there
 * @param most texts in one call; more go in several, one after another
 */
record VectorCalls(Server server, String model, EmbeddingOptions options, int most) {

    private static final int CHARACTERS_A_TOKEN = 4;

    Vectors embed(EmbeddingTask task, CallTime time)
            throws CallFailure, CallCancelled, InterruptedException {
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (int from = 0; from < task.texts().count(); from += most) {
            int to = Math.min(task.texts().count(), from + most);
            ObjectNode body = Json.object().put("model", model).put("encoding_format", "float");
            int guess = input(task, from, to, body.putArray("input"));
            task.dimensions().ifPresent(wanted -> body.put("dimensions", wanted));
            JsonNode answer = server.post("/embeddings", body, time);
            vectors.addAll(VectorList.of(answer, to - from, options.normalize().orElse(false)));
            JsonNode counted = answer.path("usage").path("prompt_tokens");
            tokens += counted.isInt() ? counted.intValue() : guess;
        }
        return checked(task, vectors, tokens);
    }

    private static Vectors checked(EmbeddingTask task, List<float[]> vectors, int tokens)
            throws CallFailure {
        int length = vectors.isEmpty() ? 0 : vectors.getFirst().length;
        for (float[] vector : vectors) {
            if (vector.length != length) {
                throw CallFailure.malformed("with vectors of unequal length");
            }
        }
        if (task.dimensions().isPresent() && task.dimensions().getAsInt() != length) {
            throw new CallFailure(
                    CallFailure.Kind.ANSWERED,
                    ErrorCode.INVALID_REQUEST,
                    "the model gives %d dimensions and no other number".formatted(length));
        }
        return new Vectors(length, vectors, tokens);
    }

    /** Writes some of the texts, and says about how many tokens they have. */
    private int input(EmbeddingTask task, int from, int to, ArrayNode input) {
        int tokens = 0;
        switch (task.texts()) {
            case Texts.Strings(List<String> texts) -> {
                String prompt = prompt(task.type()).orElse("");
                for (String text : texts.subList(from, to)) {
                    input.add(prompt + text);
                    tokens += Math.max(1, (prompt.length() + text.length()) / CHARACTERS_A_TOKEN);
                }
            }
            case Texts.Tokens(List<int[]> texts) -> {
                for (int[] ids : texts.subList(from, to)) {
                    ArrayNode array = input.addArray();
                    for (int id : ids) {
                        array.add(id);
                    }
                    tokens += ids.length;
                }
            }
        }
        return tokens;
    }

    private Optional<String> prompt(InputType type) {
        return switch (type) {
            case NONE -> Optional.empty();
            case QUERY -> options.queryPrompt();
            case DOCUMENT -> options.documentPrompt();
        };
    }
}
