package dev.brigade.worker.llama.wire;

import dev.brigade.worker.backend.GenerationRequest;
import java.util.Optional;

/** What the worker tells an engine process. */
public sealed interface Command {

    /**
     * First frame: the model to load.
     *
     * @param contextLength tokens of one slot
     * @param gpuLayers layers on the GPU; -1 all
     * @param threads threads that compute, at least 1
     * @param chatTemplate Jinja template; empty for a model that only completes
     */
    record Load(
            String file,
            int contextLength,
            int slots,
            int gpuLayers,
            int threads,
            Optional<String> chatTemplate)
            implements Command {}

    /** Run a request. */
    record Generate(int id, GenerationRequest request) implements Command {}

    /** End a request; one that is not running is passed over. */
    record Cancel(int id) implements Command {}

    /** Answer with {@link Report.Pong}. */
    record Ping(long number) implements Command {}
}
