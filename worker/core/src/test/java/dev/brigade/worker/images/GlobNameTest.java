package dev.brigade.worker.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.brigade.contract.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobNameTest {

    @ParameterizedTest
    @CsvSource({
        "*.png, a.png, true",
        "*.png, a.jpg, false",
        "*.png, .hidden.png, false",
        ".*.png, .hidden.png, true",
        "a*b*c, aXXbYYc, true",
        "a*b*c, aXXbYY, false",
        "?.png, a.png, true",
        "?.png, .png, false",
        "[a-c]1, b1, true",
        "[a-c]1, d1, false",
        "[!a-c]1, d1, true",
        "[-x]1, -1, true",
        "plain, plain, true",
        "plain, plainer, false",
        "a\\*, a*, true",
        "a\\*, ab, false",
        "*, anything, true",
        "***, anything, true",
        "*ä*, Träne, true",
    })
    void namesAreMatched(String glob, String name, boolean matches) throws Exception {
        assertThat(GlobName.parse(glob).getFirst().getFirst().matches(name)).isEqualTo(matches);
    }

    @Test
    void bracesAreAlternatives() throws Exception {
        assertThat(GlobName.parse("{a,b/c}/*.{png,jpg}")).hasSize(4);
    }

    @Test
    void aHostilePatternTakesNoTime() throws Exception {
        GlobName name = GlobName.parse("*a".repeat(100) + "b").getFirst().getFirst();

        assertThat(name.matches("a".repeat(255))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a,b",
                "{a,{b,c}}",
                "[a",
                "{a,b,c,d,e,f,g,h,i,j}{a,b,c,d,e,f,g,h,i,j}{a,b,c}"
            })
    void patternsThatMakeNoSenseAreRefused(String glob) {
        assertThatExceptionOfType(ImageFault.class)
                .isThrownBy(() -> GlobName.parse(glob))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(ErrorCode.PATH_INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/{.,x}{.,y}/b", "a/\\../b", "[.][.]/b", "a/.\\."})
    void noPatternStandsForTheFolderAbove(String glob) {
        assertThatExceptionOfType(ImageFault.class)
                .isThrownBy(() -> GlobName.parse(glob))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(ErrorCode.PATH_TRAVERSAL));
    }
}
