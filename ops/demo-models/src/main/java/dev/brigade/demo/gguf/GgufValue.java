package dev.brigade.demo.gguf;

import java.util.List;

/**
 * A metadata value of a GGUF file. Unsigned numbers are kept in a wider signed type and checked.
 */
public sealed interface GgufValue {

    /** 32-bit unsigned number: lengths, counts, token ids. */
    record Uint32(long value) implements GgufValue {
        public Uint32 {
            if (value < 0 || value > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("not an unsigned 32-bit number: " + value);
            }
        }
    }

    /** 32-bit signed number. */
    record Int32(int value) implements GgufValue {}

    /** 64-bit unsigned number below 2^63. */
    record Uint64(long value) implements GgufValue {
        public Uint64 {
            if (value < 0) {
                throw new IllegalArgumentException("not an unsigned 63-bit number: " + value);
            }
        }
    }

    /** 32-bit floating point number. */
    record Float32(float value) implements GgufValue {}

    /** Truth value. */
    record Bool(boolean value) implements GgufValue {}

    /** UTF-8 text. */
    record Text(String value) implements GgufValue {}

    /** Array of UTF-8 texts: tokens, merges. */
    record Texts(List<String> values) implements GgufValue {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** Array of 32-bit signed numbers: token types. */
    record Int32s(List<Integer> values) implements GgufValue {
        public Int32s {
            values = List.copyOf(values);
        }
    }

    /** Array of 32-bit floating point numbers: token scores. */
    record Float32s(List<Float> values) implements GgufValue {
        public Float32s {
            values = List.copyOf(values);
        }
    }
}
