package dev.brigade.standalone.process;

import java.io.IOException;

/** Starts a child anew each time. */
@FunctionalInterface
public interface Starter {

    /**
     * Starts it.
     *
     * @throws IOException when it cannot be started; the message is for a person
     */
    RunningProcess start() throws IOException;
}
