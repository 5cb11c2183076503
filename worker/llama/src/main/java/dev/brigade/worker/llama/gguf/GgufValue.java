package dev.brigade.worker.llama.gguf;

import java.util.List;

/** A metadata value; long arrays that nobody asks for are only counted. */
sealed interface GgufValue {

    /** A whole number; unsigned 64-bit ones above 2^63 are negative here. */
    record Whole(long value) implements GgufValue {}

    /** A floating point number. */
    record Real(double value) implements GgufValue {}

    /** A truth value. */
    record Truth(boolean value) implements GgufValue {}

    /** A string, one char for each byte. */
    record Text(String raw) implements GgufValue {}

    /** An array of strings, one char for each byte. */
    record Texts(List<String> raw) implements GgufValue {}

    /** An array of whole numbers. */
    record Wholes(List<Integer> values) implements GgufValue {}

    /** An array whose elements were passed over. */
    record Skipped(ValueType elements, long count) implements GgufValue {}
}
