package dev.brigade.dispatcher.request;

import java.util.Arrays;

/** An encoded image; equal by content, and never printed. Nobody changes the bytes. */
public record ImageBytes(byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
