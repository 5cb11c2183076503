package dev.brigade.worker.llama.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.worker.llama.gguf.Vocabulary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many tokens a piece of text from the engine covers. The engine keeps a token back while the
 * text ends within a character, so a piece is one token unless it has a character of several bytes.
 * Then it is the least number of tokens that spell it with every seam inside a character.
 */
final class PieceTokens {

    /** Far above any token that ends within a character and the ones that complete it. */
    private static final int LONGEST = 1024;

    private static final int BYTE_TOKEN = 6;
    private static final int BYTE_TOKEN_HEX = 3;
    private static final String SENTENCE_PIECE_SPACE =
            new String("\u2581".getBytes(UTF_8), ISO_8859_1);

    /** Tokens with a byte above 127, one char for each byte. */
    private final Set<String> tokens = new HashSet<>();

    PieceTokens(Vocabulary vocabulary) {
        List<String> texts = vocabulary.texts();
        for (int i = 0; i < texts.size(); i++) {
            int type = vocabulary.types().isEmpty() ? 1 : vocabulary.types().get(i);
            String bytes = bytes(vocabulary.kind(), texts.get(i), type);
            if (hasHighByte(bytes)) {
                tokens.add(bytes);
            }
        }
    }

    int of(String piece) {
        String bytes = new String(piece.getBytes(UTF_8), ISO_8859_1);
        if (!hasHighByte(bytes) || tokens.contains(bytes) || bytes.length() > LONGEST) {
            return 1;
        }
        int[] least = new int[bytes.length() + 1];
        Arrays.fill(least, Integer.MAX_VALUE);
        least[0] = 0;
        for (int end = 1; end <= bytes.length(); end++) {
            for (int start = 0; start < end && isSeam(bytes, end); start++) {
                if (least[start] < least[end] - 1 && tokens.contains(bytes.substring(start, end))) {
                    least[end] = least[start] + 1;
                }
            }
        }
        int count = least[bytes.length()];
        return count == Integer.MAX_VALUE ? 1 : count;
    }

    /** Inside a character, or at the end. */
    private static boolean isSeam(String bytes, int at) {
        return at == bytes.length() || (bytes.charAt(at) & 0xC0) == 0x80;
    }

    private static boolean hasHighByte(String bytes) {
        return bytes.chars().anyMatch(c -> c > 127);
    }

    private static String bytes(Vocabulary.Kind kind, String text, int type) {
        return switch (kind) {
            case SENTENCE_PIECE ->
                    type == BYTE_TOKEN ? byteToken(text) : text.replace(SENTENCE_PIECE_SPACE, " ");
            case BYTE_LEVEL -> ByteLevel.decode(text);
            case OTHER -> text;
        };
    }

    /** The byte of a token such as {@code <0x41>}. */
    private static String byteToken(String text) {
        if (text.length() < BYTE_TOKEN_HEX + 2) {
            return text;
        }
        try {
            int value = Integer.parseInt(text, BYTE_TOKEN_HEX, BYTE_TOKEN_HEX + 2, 16);
            return String.valueOf((char) value);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
