package dev.brigade.worker.control;

import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.ControlCommand;

/** What a worker can be told to do. Must not block. */
public interface Orders {

    /** Stop attempts, now and when their jobs come later. */
    void cancel(CancelAttempt cancel);

    /** Keep no model for a request any more. */
    void release(String requestId);

    /** Keep no model for a stage that is undone. */
    void release(String requestId, String stage);

    /** Load a model. */
    void load(ControlCommand command, String model);

    /** Unload a model. */
    void unload(ControlCommand command, String model);

    /** Take no new jobs, and end when the running ones have ended. */
    void drain(ControlCommand command);
}
