package dev.brigade.rest.imagebatches;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a.png|a.png",
                "a b|a b",
                "a,b|\"a,b\"",
                "a\"b|\"a\"\"b\"",
                "=1+1|'=1+1",
                "+1|'+1",
                "-1|'-1",
                "@x|'@x",
                "a=1|a=1",
                "=\"a\",b|\"'=\"\"a\"\",b\"",
                "~\t1~|~'\t1~",
                "~\r1~|~\"'\r1\"~",
                "~a\nb~|~\"a\nb\"~",
                "~~|~~"
            })
    void textsAreQuotedAndNeverFormulas(String text, String cell) {
        assertThat(CsvRow.text(text)).isEqualTo(cell);
    }
}
