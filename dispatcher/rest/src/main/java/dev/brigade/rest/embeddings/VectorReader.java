package dev.brigade.rest.embeddings;

import dev.brigade.client.Answer;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;

/** Finds the vectors of an answer, in its record or in the payload store. */
@Component
final class VectorReader {

    private final PayloadStore payloads;
    private final long maxBytes;

    VectorReader(PayloadStore payloads, RestProperties properties) {
        this.payloads = payloads;
        this.maxBytes = properties.maxBodyMemory().toBytes();
    }

    /**
     * The vectors.
     *
     * @param memory holds those that come from the payload store
     */
    Vectors read(Answer answer, BodyMemory.Share memory) {
        if (!(answer.reply().getOutput() instanceof Embeddings embeddings)) {
            throw new IllegalStateException("the answer holds no vectors");
        }
        return new Vectors(
                embeddings.getCount(), embeddings.getDimensions(), bytes(embeddings, memory));
    }

    private ByteBuffer bytes(Embeddings embeddings, BodyMemory.Share memory) {
        StoredPayload stored = embeddings.getStored();
        if (stored == null) {
            return embeddings.getVectors();
        }
        memory.hold(Math.min(stored.getBytes(), maxBytes));
        return ByteBuffer.wrap(payloads.read(stored, maxBytes));
    }
}
