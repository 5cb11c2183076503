package dev.brigade.dispatcher.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The Cat, the DOG! | the cat the dog",
                "1,000 and 1000 | 1000 and 1000",
                "0.50 = .5 | 0.5 = 5",
                "007 1,234,567.80 | 7 1234567.8",
                "1,00 2,0000 | 1 0 2 0",
                "-5 and \u22125 and -0 | -5 and -5 and 0",
                "3-5 T-1 | 3 5 t 1",
                "5km 4th GPT4 | 5 km 4 th gpt4",
                "don\u2019t don't 'quoted' | don't don't quoted",
                "C# C++ 50% $3 | c # c + + 50 % $ 3",
                "**bold** _it_ `x` | bold it x",
                "state-of-the-art | state of the art",
                "東京タワー 333m | 東 京 タ ワ ー 333 m",
                "１２３ ＡＢＣ | 123 abc",
                "٣٤٥ שלום عَرَبِي | 345 שלום عَرَبِي",
                "👍🏽 yes 👨‍👩‍👧 | 👍 yes 👨 👩 👧",
            })
    void aTextIsTakenApart(String text, String words) {
        assertThat(Words.of(text)).extracting(Word::form).isEqualTo(List.of(words.split(" ")));
    }

    @Test
    void whatHoldsNoWordHasNone() {
        assertThat(Words.of("")).isEmpty();
        assertThat(Words.of(" \n\t.,;!?- \u200b\ud800 ")).isEmpty();
    }

    @Test
    void numbersAndCapitalsAreKnown() {
        assertThat(Words.of("Rome 12"))
                .containsExactly(new Word("rome", false, true), new Word("12", true, false));
    }
}
