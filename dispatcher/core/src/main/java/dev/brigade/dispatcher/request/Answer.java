package dev.brigade.dispatcher.request;

/**
 * What an attempt produced.
 *
 * @param finishReason stop or length
 * @param lastSeq number of the attempt's last chunk; -1 where none was published
 * @param digest SHA-256 of the text's UTF-8 bytes, lower-case hex
 */
public record Answer(
        Epoch epoch,
        String text,
        String finishReason,
        Usage usage,
        Timings timings,
        int lastSeq,
        String digest) {}
