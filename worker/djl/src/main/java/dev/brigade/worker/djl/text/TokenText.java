package dev.brigade.worker.djl.text;

/**
 * A text as the model reads it, with the tokens that begin and end it.
 *
 * @param ids at least one
 * @param types which of two texts a token belongs to; as long as {@code ids}
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record TokenText(long[] ids, long[] types) {

    TokenText {
        if (ids.length == 0 || ids.length != types.length) {
            throw new IllegalArgumentException(
                    "a text of %d tokens and %d types".formatted(ids.length, types.length));
        }
    }

    /** One text alone. */
    static TokenText of(long[] ids) {
        return new TokenText(ids, new long[ids.length]);
    }

    int length() {
        return ids.length;
    }
}
