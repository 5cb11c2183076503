package dev.brigade.worker.backend;

import dev.brigade.config.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration says of a model to load.
 *
 * @param id model id
 * @param file model file or folder, absolute
 * @param contextLength tokens that one request may use, prompt and answer together
 * @param slots requests that run in the model at once, 1 to 256
 * @param gpuLayers layers on the GPU; -1 all, 0 none
 * @param threads threads of the engine; 0 leaves the choice to the backend
 * @param roles roles, primary first
 * @param chatTemplate template that replaces the file's own
 * @param sha256 expected digest of the file, lower-case hex; of a folder, that of its model file
 * @param options what else the configuration says
 */
public record ModelSpec(
        String id,
        Path file,
        int contextLength,
        int slots,
        int gpuLayers,
        int threads,
        List<String> roles,
        Optional<String> chatTemplate,
        Optional<String> sha256,
        ModelOptions options) {

    public ModelSpec {
        roles = List.copyOf(roles);
        if (contextLength < 16 || contextLength > 1 << 20) {
            throw new IllegalArgumentException(
                    "context_length of " + id + " must be 16 to 1048576, not " + contextLength);
        }
        if (slots < 1 || slots > 256) {
            throw new IllegalArgumentException(
                    "slots of " + id + " must be 1 to 256, not " + slots);
        }
    }
}
