package dev.brigade.dispatcher.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.dispatcher.request.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The core and the contract mean the same by a code. */
final class CodesTest {

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodeOfTheCoreIsOneOfTheContract(Code code) {
        assertThat(ErrorCode.ofWireName(code.wireName())).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"(IMAGE|PATH|PAYLOAD|URL)_.*", "NO_IMAGES", "TOO_MANY_IMAGES"},
            mode = EnumSource.Mode.MATCH_ANY)
    void whatCanBeWrongWithAnImageIsKnownToTheCore(ErrorCode code) {
        assertThat(Code.of(code.wireName())).isPresent();
    }
}
