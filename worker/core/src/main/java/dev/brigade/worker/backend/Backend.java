package dev.brigade.worker.backend;

/**
 * A way to run models, found by {@link java.util.ServiceLoader}. One instance serves the whole
 * worker and is safe for use by many threads.
 */
public interface Backend {

    /** Name by which {@code models.yaml} chooses it, such as {@code llama}. */
    String name();

    /** Whether it can run on this machine, and why not. */
    Availability availability();

    /**
     * Loads a model and returns when it can be called.
     *
     * @throws ModelLoadException when the model cannot be loaded; its message is one clear line
     * @throws InterruptedException when the load was interrupted; nothing is left behind
     */
    LoadedModel load(ModelSpec spec, BackendContext context)
            throws ModelLoadException, InterruptedException;

    /** Told as a load goes on; may be called from any thread. */
    @FunctionalInterface
    interface LoadProgress {
        /**
         * @param percent 0 to 100, never falling
         */
        void loaded(int percent);
    }
}
