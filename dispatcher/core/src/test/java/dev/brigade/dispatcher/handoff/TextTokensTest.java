package dev.brigade.dispatcher.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTokensTest {

    private static final TextTokens USUAL = TextTokens.forWindow(8_192);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 0",
                "a | 1",
                "abc | 2",
                "What is the capital of France? | 11",
                "12345 | 5",
                "(){}; | 3",
                "Привет | 6",
                "東京都 | 5",
                "👍 | 4",
            })
    void tokensGoByCharacter(String text, int tokens) {
        assertThat(USUAL.of(text)).isEqualTo(tokens);
    }

    @Test
    void aToyNeedsMoreTokensThanARealModel() {
        String prose = "The quick brown fox jumps over the lazy dog. ".repeat(10);

        assertThat(USUAL.of(prose)).isBetween(prose.length() / 4, prose.length() / 2);
        assertThat(TextTokens.forWindow(TextTokens.SMALL_WINDOW).of(prose))
                .isEqualTo(USUAL.of(prose));
        assertThat(TextTokens.forWindow(TextTokens.SMALL_WINDOW - 1).of(prose))
                .isBetween(USUAL.of(prose) * 17 / 10, USUAL.of(prose) * 18 / 10);
    }
}
