package dev.brigade.worker.calls;

import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.Embeddings;
import dev.brigade.worker.backend.EmbeddingModel.Vectors;
import dev.brigade.worker.backend.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;

/** Writes vectors as the contract has them; what is too large for a record goes into the store. */
record VectorBlocks(PayloadStore store) {

    private static final String MEDIA_TYPE = "application/octet-stream";

    Result<Embeddings> of(Vectors vectors) {
        byte[] bytes = bytes(vectors);
        Embeddings.Builder embeddings =
                Embeddings.newBuilder()
                        .setCount(vectors.vectors().size())
                        .setDimensions(vectors.dimensions());
        if (bytes.length <= PayloadLimits.INLINE_VECTOR_BYTES) {
            return Result.done(embeddings.setVectors(ByteBuffer.wrap(bytes)).build());
        }
        try {
            return Result.done(embeddings.setStored(store.put(bytes, MEDIA_TYPE)).build());
        } catch (PayloadException e) {
            return Result.failed(e.code(), Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    private static byte[] bytes(Vectors vectors) {
        int values = Math.multiplyExact(vectors.vectors().size(), vectors.dimensions());
        byte[] bytes = new byte[Math.multiplyExact(values, Float.BYTES)];
        FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        vectors.vectors().forEach(floats::put);
        return bytes;
    }
}
