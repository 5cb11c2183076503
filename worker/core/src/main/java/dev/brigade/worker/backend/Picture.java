package dev.brigade.worker.backend;

import java.util.Arrays;

/**
 * An encoded picture of a message.
 *
 * @param mediaType {@code image/png} or {@code image/jpeg}
 * @param bytes not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Picture(String mediaType, byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture(String type, byte[] theirs)
                && mediaType.equals(type)
                && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return 31 * mediaType.hashCode() + Arrays.hashCode(bytes);
    }

    /** Without the bytes. */
    @Override
    public String toString() {
        return "Picture[%s, %d bytes]".formatted(mediaType, bytes.length);
    }
}
