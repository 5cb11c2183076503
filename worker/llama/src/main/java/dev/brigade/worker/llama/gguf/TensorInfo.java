package dev.brigade.worker.llama.gguf;

import java.util.List;

/**
 * A tensor's entry in the head of the file.
 *
 * @param dimensions one to four, the fastest first
 * @param offset from the start of the tensor data, in bytes
 */
record TensorInfo(String name, List<Long> dimensions, TensorType type, long offset) {

    private static final long MOST_WEIGHTS = 1L << 48;

    TensorInfo {
        dimensions = List.copyOf(dimensions);
    }

    /** Number of weights. */
    long weights() throws GgufFault {
        long product = 1;
        for (long dimension : dimensions) {
            if (dimension < 1 || dimension > MOST_WEIGHTS / product) {
                throw new GgufFault(
                        "tensor %s has impossible dimensions %s"
                                .formatted(GgufFault.quote(name), dimensions));
            }
            product *= dimension;
        }
        return product;
    }

    /** Bytes of its data. */
    long bytes() throws GgufFault {
        if (dimensions.getFirst() % type.blockWeights != 0) {
            throw new GgufFault(
                    "tensor %s of type %s has rows of %d weights, no multiple of %d"
                            .formatted(
                                    GgufFault.quote(name),
                                    type,
                                    dimensions.getFirst(),
                                    type.blockWeights));
        }
        return weights() / type.blockWeights * type.blockBytes;
    }
}
