package dev.brigade.worker.backend;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What a loaded model is.
 *
 * @param contextLength tokens that one request may use, prompt and answer together
 * @param capabilities such as {@code chat}, {@code completion}, {@code json_schema}
 * @param memoryMb memory it takes, in MiB
 * @param fileDigest SHA-256 of the file, lower-case hex; empty where the backend has no file
 * @param parameters number of weights, where known
 * @param quantization file type, such as {@code Q8_0}; empty where unknown
 */
public record ModelFacts(
        int contextLength,
        Set<String> capabilities,
        long memoryMb,
        String fileDigest,
        OptionalLong parameters,
        String quantization) {

    public ModelFacts {
        capabilities = Set.copyOf(capabilities);
    }
}
