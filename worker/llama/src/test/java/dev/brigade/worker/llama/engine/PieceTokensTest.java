package dev.brigade.worker.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.worker.llama.gguf.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PieceTokensTest {

    @Test
    void byteTokensOfSentencePieceAreCounted() {
        List<String> texts = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            texts.add("<0x%02X>".formatted(value));
            types.add(6);
        }
        texts.add(raw("\u2581wörld"));
        types.add(1);
        PieceTokens tokens = tokens(Vocabulary.Kind.SENTENCE_PIECE, texts, types);
        assertThat(tokens.of("a")).isEqualTo(1);
        assertThat(tokens.of("")).isEqualTo(1);
        assertThat(tokens.of("é")).isEqualTo(2);
        assertThat(tokens.of("😀")).isEqualTo(4);
        assertThat(tokens.of(" wörld")).isEqualTo(1);
    }

    @Test
    void piecesOfByteLevelTokensAreCounted() {
        // " ðŁĺ" and "Ģ" are the bytes 20 F0 9F 98 and 80 in GPT-2's alphabet.
        PieceTokens tokens =
                tokens(
                        Vocabulary.Kind.BYTE_LEVEL,
                        List.of(raw("\u0120\u00F0\u0141\u013A"), raw("\u0122"), raw("Ã©")),
                        List.of());
        assertThat(tokens.of(" 😀")).isEqualTo(2);
        assertThat(tokens.of("é")).isEqualTo(1);
        assertThat(tokens.of("\uFFFD")).isEqualTo(1);
    }

    private static PieceTokens tokens(
            Vocabulary.Kind kind, List<String> texts, List<Integer> types) {
        return new PieceTokens(
                new Vocabulary(
                        kind,
                        texts,
                        types,
                        false,
                        false,
                        OptionalInt.empty(),
                        OptionalInt.empty()));
    }

    private static String raw(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
