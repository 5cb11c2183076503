package dev.brigade.worker.llama.wire;

/** What an engine process tells the worker. */
public sealed interface Report {

    /** The load has come so far. */
    record Loading(Stage stage) implements Report {}

    /**
     * The model takes requests.
     *
     * @param json whether its vocabulary can spell JSON, so that an answer can be held to a schema
     */
    record Loaded(boolean json) implements Report {}

    /** The engine refused the model; the process ends. */
    record LoadFailed(String message) implements Report {}

    /**
     * A piece of a request's text.
     *
     * @param tokens generated tokens that it covers
     */
    record Piece(int id, String text, int tokens) implements Report {}

    /** A request has ended with a result, or as cancelled. */
    record Done(int id, End end, int promptTokens, int completionTokens, long firstTokenMs)
            implements Report {}

    /**
     * A request has ended without a result.
     *
     * @param code wire name of an error code
     * @param message one line without prompt or answer
     */
    record Failed(int id, String code, String message) implements Report {}

    /** Answer to {@link Command.Ping}. */
    record Pong(long number) implements Report {}

    /** How far a load is. */
    enum Stage {
        /** The process runs and has read the model's vocabulary. */
        STARTED,
        /** The weights are in memory. */
        WEIGHTS,
        /** The chat template is being tried; a template the engine cannot run ends the process. */
        TEMPLATE
    }

    /** Why a request ended. */
    enum End {
        /** End of text, or a stop string. */
        STOP,
        /** Token limit, or end of the context. */
        LENGTH,
        /** The worker asked for it. */
        CANCELLED
    }
}
