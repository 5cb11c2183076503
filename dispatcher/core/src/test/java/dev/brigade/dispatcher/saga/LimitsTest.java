package dev.brigade.dispatcher.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void defaults() {
        assertThat(Limits.DEFAULTS).isEqualTo(new Limits(3, 5, 2, 45_000, 3_600_000));
    }

    @Test
    void eachBoundIsNamedWhenItIsBroken() {
        assertThatThrownBy(() -> new Limits(0, 5, 2, 45_000, 3_600_000))
                .hasMessage("maxDispatches must be 1 to 10, was 0");
        assertThatThrownBy(() -> new Limits(3, 21, 2, 45_000, 3_600_000))
                .hasMessage("maxAttempts must be 1 to 20, was 21");
        assertThatThrownBy(() -> new Limits(3, 5, 0, 45_000, 3_600_000))
                .hasMessage("maxCrashes must be 1 to 10, was 0");
        assertThatThrownBy(() -> new Limits(3, 5, 2, 999, 3_600_000))
                .hasMessage("stallTimeoutMs must be 1000 to 3600000, was 999");
        assertThatThrownBy(() -> new Limits(3, 5, 2, 45_000, 604_800_001))
                .hasMessage("tombstoneMs must be 1000 to 604800000, was 604800001");
    }
}
