package dev.brigade.worker.backend;

/**
 * A model that can be called. What it can do is what it implements besides: {@link TextModel},
 * {@link EmbeddingModel}, {@link RankingModel}, {@link ImageModel}, or several of them. Safe for
 * use by many threads.
 */
public interface LoadedModel extends AutoCloseable {

    /** What the model is. */
    ModelFacts facts();

    /** How it is now. */
    Health health();

    /** Unloads the model within 10 s; running calls fail as retriable. Idempotent. */
    @Override
    void close();

    /** State of a loaded model. */
    enum Health {
        /** It takes calls. */
        READY,
        /** Its engine is being started again; calls fail as retriable. */
        RESTARTING,
        /** It could not be started again and stays down. */
        FAILED
    }
}
