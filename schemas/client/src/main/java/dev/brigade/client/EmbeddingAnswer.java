package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.Reply;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of a completed request.
 *
 * @param requestId the request; the original one where an idempotency key led there
 * @param vectors one per text, in the request's order
 * @param dimensions length of each
 * @param promptTokens tokens of all texts
 * @param model model that made them
 * @param reply the terminal as it was read
 */
public record EmbeddingAnswer(
        String requestId,
        List<float[]> vectors,
        int dimensions,
        int promptTokens,
        String model,
        Reply reply) {

    public EmbeddingAnswer {
        vectors = List.copyOf(vectors);
    }

    /**
     * The vectors in the answer to an {@link EmbeddingRequest}; read from the payload store where
     * they did not fit the reply.
     *
     * @throws BrigadeException with the store's code, or {@code internal_error} when the answer
     *     holds no vectors
     */
    public static EmbeddingAnswer of(Answer answer, PayloadStore payloads) {
        if (!(answer.reply().getOutput() instanceof Embeddings embeddings)) {
            throw Outputs.without(answer, "vectors");
        }
        return new EmbeddingAnswer(
                answer.requestId(),
                vectors(answer, embeddings, bytes(answer, embeddings, payloads)),
                embeddings.getDimensions(),
                answer.promptTokens(),
                answer.model(),
                answer.reply());
    }

    private static ByteBuffer bytes(Answer answer, Embeddings embeddings, PayloadStore payloads) {
        if (embeddings.getVectors() != null) {
            return embeddings.getVectors().duplicate();
        }
        StoredPayload stored = embeddings.getStored();
        if (stored == null) {
            throw Outputs.without(answer, "vectors");
        }
        try {
            return ByteBuffer.wrap(payloads.read(stored, PayloadLimits.VECTOR_BYTES));
        } catch (PayloadException e) {
            throw new BrigadeException(
                    Failure.told(
                            answer.reply(),
                            e.code(),
                            "the vectors cannot be read: " + e.getMessage(),
                            null,
                            e.code().retriable()),
                    e);
        }
    }

    private static List<float[]> vectors(Answer answer, Embeddings embeddings, ByteBuffer bytes) {
        long expected = 4L * embeddings.getCount() * embeddings.getDimensions();
        if (bytes.remaining() != expected) {
            throw new BrigadeException(
                    Failure.told(
                            answer.reply(),
                            ErrorCode.INTERNAL_ERROR,
                            "the vectors have %d bytes and must have %d"
                                    .formatted(bytes.remaining(), expected),
                            null,
                            true));
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> vectors = new ArrayList<>(embeddings.getCount());
        for (int i = 0; i < embeddings.getCount(); i++) {
            float[] vector = new float[embeddings.getDimensions()];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = bytes.getFloat();
            }
            vectors.add(vector);
        }
        return vectors;
    }
}
