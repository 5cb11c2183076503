package dev.brigade.client;

/**
 * Takes an answer as it is generated. Calls come one after another, in order, on a thread of the
 * client that serves this request alone, so a listener may block without harm to others. While it
 * does, text gathers and comes as one larger delta: nothing is lost and no queue grows.
 *
 * <p>Exactly one of {@link #onDone} and {@link #onFailed} comes last, unless the stream is {@link
 * StreamHandle#detach detached}. A listener that throws is called no more; the future still ends.
 */
public interface StreamListener {

    /**
     * Work on the answer has begun; comes before the first text. Drafts and progress may come
     * before it.
     */
    default void onStarted(String requestId, String model) {}

    /** Text to append; never empty. */
    void onText(TextDelta delta);

    /**
     * The draft of a stage changed, where the request asked for them ({@code streamStages}). A
     * draft shows how the answer comes about and is no part of it: those that a failure or a
     * retraction leaves behind are void, and what is used comes as text of the answer.
     */
    default void onStage(StageUpdate update) {}

    /** How many items of a map are done; a slow listener is told the newest only. */
    default void onProgress(MapProgress progress) {}

    /** The answer is complete: all deltas together are its text. */
    void onDone(Answer answer);

    /**
     * There is no answer. {@code attempt_lost} says that the text so far came from an attempt that
     * was lost and that the final one differs; {@link Failure#reply} then holds the right text.
     */
    void onFailed(Failure failure);
}
