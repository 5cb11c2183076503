package dev.brigade.worker.llama.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;

/**
 * GPT-2's alphabet: each byte is a printable character. Bytes that print are themselves; the others
 * are the characters from U+0100 on, in order.
 */
final class ByteLevel {

    private static final Map<Character, Character> BYTES = alphabet();

    private ByteLevel() {}

    /** The bytes of a token, one char for each; both sides one char for each byte. */
    static String decode(String raw) {
        String text = new String(raw.getBytes(ISO_8859_1), UTF_8);
        StringBuilder bytes = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            Character value = BYTES.get(text.charAt(i));
            if (value == null) {
                return raw; // a special token, written as it is
            }
            bytes.append(value.charValue());
        }
        return bytes.toString();
    }

    private static Map<Character, Character> alphabet() {
        Map<Character, Character> bytes = new HashMap<>();
        char next = 0x100;
        for (char value = 0; value < 256; value++) {
            bytes.put(printable(value) ? value : next++, value);
        }
        return Map.copyOf(bytes);
    }

    private static boolean printable(char value) {
        return (value >= '!' && value <= '~')
                || (value >= 0xA1 && value <= 0xAC)
                || (value >= 0xAE && value <= 0xFF);
    }
}
