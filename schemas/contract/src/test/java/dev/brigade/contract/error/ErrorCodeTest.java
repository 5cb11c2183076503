package dev.brigade.contract.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeIsFoundByItsNameAndHasAnErrorStatus(ErrorCode code) {
        assertThat(ErrorCode.ofWireName(code.wireName())).contains(code);
        assertThat(code.httpStatus()).isBetween(400, 599);
        assertThat(code.wireName()).matches("[a-z]+(_[a-z0-9]+)*");
    }

    @Test
    void aNameOfANewerVersionIsUnknown() {
        assertThat(ErrorCode.ofWireName("of_the_future")).isEmpty();
        assertThat(ErrorCode.ofWireName("INVALID_REQUEST")).isEmpty();
    }
}
