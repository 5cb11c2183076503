package dev.brigade.worker.backend;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a loaded model is.
 *
 * @param contextLength tokens that one request may use, prompt and answer together
 * @param capabilities such as {@code chat}, {@code completion}, {@code json_schema}, {@code
 *     embedding}, {@code rerank}, {@code classify}
 * @param memoryMb memory it takes, in MiB
 * @param fileDigest SHA-256 of the file, lower-case hex; empty where the backend has no file
 * @param parameters number of weights, where known
 * @param quantization file type, such as {@code Q8_0}; empty where unknown
 * @param labels what a classifier can say; empty of other models
 * @param dimensions length of an embedding model's vectors; empty of other models
 */
public record ModelFacts(
        int contextLength,
        Set<String> capabilities,
        long memoryMb,
        String fileDigest,
        OptionalLong parameters,
        String quantization,
        List<String> labels,
        OptionalInt dimensions) {

    public ModelFacts {
        capabilities = Set.copyOf(capabilities);
        labels = List.copyOf(labels);
    }

    /** Facts of a model that generates text and nothing else. */
    public static ModelFacts ofText(
            int contextLength,
            Set<String> capabilities,
            long memoryMb,
            String fileDigest,
            OptionalLong parameters,
            String quantization) {
        return new ModelFacts(
                contextLength,
                capabilities,
                memoryMb,
                fileDigest,
                parameters,
                quantization,
                List.of(),
                OptionalInt.empty());
    }
}
