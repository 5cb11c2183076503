package dev.brigade.dispatcher.request;

import java.util.Optional;

/**
 * What an attempt produced.
 *
 * @param finishReason stop or length
 * @param lastSeq number of the attempt's last chunk; -1 where none was published
 * @param digest SHA-256 of the text's UTF-8 bytes, lower-case hex
 * @param output what is no text; the text then is empty
 */
public record Answer(
        Epoch epoch,
        String text,
        String finishReason,
        Usage usage,
        Timings timings,
        int lastSeq,
        String digest,
        Optional<Output> output) {

    /** A text alone. */
    public Answer(
            Epoch epoch,
            String text,
            String finishReason,
            Usage usage,
            Timings timings,
            int lastSeq,
            String digest) {
        this(epoch, text, finishReason, usage, timings, lastSeq, digest, Optional.empty());
    }

    /** The same with another output. */
    public Answer withOutput(Optional<Output> other) {
        return new Answer(epoch, text, finishReason, usage, timings, lastSeq, digest, other);
    }
}
