package dev.brigade.dispatcher.request;

import java.util.Arrays;

/**
 * Vectors one after the other, as 32-bit floats in little-endian order; equal by content, and never
 * printed. Nobody changes the bytes.
 */
public record Vectors(byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Vectors that && Arrays.equals(bytes, that.bytes);
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
