package dev.brigade.standalone.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A child that runs, or ran. */
public interface RunningProcess extends AutoCloseable {

    long pid();

    boolean isAlive();

    /** Completes with the exit code when the child has ended. */
    CompletableFuture<Integer> onExit();

    /** The last lines of output, oldest first: what a message about its death should quote. */
    List<String> lastLines();

    /** Ends the child as {@code kill -9} does and waits until it is gone. */
    void kill();

    /** Ends the child in order, and by force when the time is over. */
    void close(Duration within);

    /** Ends the child in order, or by force after 8 s. Does nothing the second time. */
    @Override
    default void close() {
        close(Duration.ofSeconds(8));
    }
}
