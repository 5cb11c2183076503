package dev.brigade.worker.slots;

import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TokenSink;
import dev.brigade.worker.chunks.ChunkPublisher;
import java.util.Optional;

/** Gathers the text of an attempt and passes it on as chunks, where chunks are wanted. */
final class AttemptText implements TokenSink {

    /** Most characters of an answer, so that its event stays below the topics' record limit. */
    static final int MAX_LENGTH = 1 << 20;

    private final Attempt attempt;
    private final Optional<ChunkPublisher> chunks;
    private final TokenSpeed speed;
    private final StringBuilder text = new StringBuilder();
    private String preamble;
    private boolean full;

    /**
     * @param preamble text before the first generated one
     */
    AttemptText(
            Attempt attempt, String preamble, Optional<ChunkPublisher> chunks, TokenSpeed speed) {
        this.attempt = attempt;
        this.preamble = preamble;
        this.chunks = chunks;
        this.speed = speed;
    }

    @Override
    public boolean accept(String piece, int tokens) {
        attempt.generated(tokens);
        speed.generated(tokens);
        String added = preamble + piece;
        preamble = "";
        if (text.length() + added.length() > MAX_LENGTH) {
            full = true;
            return false;
        }
        text.append(added);
        return chunks.map(publisher -> publisher.accept(added, tokens)).orElse(true);
    }

    /** Closes the text of a finished attempt. */
    void finish(Outcome.Reason reason) {
        if (!preamble.isEmpty()) {
            accept("", 0);
        }
        chunks.ifPresent(publisher -> publisher.finish(reason));
    }

    /** Whether the text reached its greatest length and was cut there. */
    boolean isFull() {
        return full;
    }

    String whole() {
        return text.toString();
    }

    int lastSeq() {
        return chunks.map(ChunkPublisher::lastSeq).orElse(-1);
    }
}
