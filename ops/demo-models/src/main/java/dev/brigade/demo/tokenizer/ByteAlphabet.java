package dev.brigade.demo.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * One printable character for each byte, as GPT-2's tokenizer writes them: printable Latin-1 stands
 * for itself, the other bytes are numbered from U+0100 on. A blank is written as U+0120.
 */
final class ByteAlphabet {

    private static final char[] CHARACTERS = characters();
    private static final int[] BYTES = bytes();

    private ByteAlphabet() {}

    static String of(int unsignedByte) {
        return String.valueOf(CHARACTERS[unsignedByte]);
    }

    /** The bytes of a text, each as its character. */
    static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            out.append(CHARACTERS[value & 0xFF]);
        }
        return out.toString();
    }

    static byte[] decode(String characters) {
        byte[] out = new byte[characters.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) BYTES[characters.charAt(i)];
        }
        return out;
    }

    private static char[] characters() {
        char[] characters = new char[256];
        int next = 256;
        for (int value = 0; value < 256; value++) {
            characters[value] = isPrintable(value) ? (char) value : (char) next++;
        }
        return characters;
    }

    private static boolean isPrintable(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
    }

    private static int[] bytes() {
        int[] bytes = new int[512];
        for (int value = 0; value < 256; value++) {
            bytes[CHARACTERS[value]] = value;
        }
        return bytes;
    }
}
