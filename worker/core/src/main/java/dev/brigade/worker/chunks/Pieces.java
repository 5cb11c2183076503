package dev.brigade.worker.chunks;

import dev.brigade.worker.backend.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes the pieces of one attempt's text in order. */
@FunctionalInterface
public interface Pieces {

    /**
     * Publishes a piece.
     *
     * @param last why the attempt has finished, in its last piece; else null
     * @return done when the piece is stored
     */
    CompletableFuture<Void> publish(
            int seq, String text, int tokens, Outcome.@Nullable Reason last);
}
