package dev.brigade.dispatcher.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void defaults() {
        assertThat(Limits.DEFAULTS)
                .isEqualTo(new Limits(3, 5, 2, 45_000, 3_600_000, 500, UndoLimits.DEFAULTS));
    }

    @Test
    void eachBoundIsNamedWhenItIsBroken() {
        assertThatThrownBy(() -> new Limits(0, 5, 2, 45_000, 3_600_000, 500, UndoLimits.DEFAULTS))
                .hasMessage("maxDispatches must be 1 to 10, was 0");
        assertThatThrownBy(() -> new Limits(3, 21, 2, 45_000, 3_600_000, 500, UndoLimits.DEFAULTS))
                .hasMessage("maxAttempts must be 1 to 20, was 21");
        assertThatThrownBy(() -> new Limits(3, 5, 0, 45_000, 3_600_000, 500, UndoLimits.DEFAULTS))
                .hasMessage("maxCrashes must be 1 to 10, was 0");
        assertThatThrownBy(() -> new Limits(3, 5, 2, 999, 3_600_000, 500, UndoLimits.DEFAULTS))
                .hasMessage("stallTimeoutMs must be 1000 to 3600000, was 999");
        assertThatThrownBy(() -> new Limits(3, 5, 2, 45_000, 604_800_001, 500, UndoLimits.DEFAULTS))
                .hasMessage("tombstoneMs must be 1000 to 604800000, was 604800001");
        assertThatThrownBy(
                        () -> new Limits(3, 5, 2, 45_000, 3_600_000, 60_001, UndoLimits.DEFAULTS))
                .hasMessage("landingMs must be 1 to 60000, was 60001");
    }

    @Test
    void patienceWithParticipants() {
        assertThat(UndoLimits.DEFAULTS).isEqualTo(new UndoLimits(5, 1_000, 60_000, 30_000));
        assertThat(UndoLimits.DEFAULTS.backoffAfter(1)).isEqualTo(1_000);
        assertThat(UndoLimits.DEFAULTS.backoffAfter(4)).isEqualTo(8_000);
        assertThat(UndoLimits.DEFAULTS.backoffAfter(20)).isEqualTo(60_000);
        assertThatThrownBy(() -> new UndoLimits(0, 1_000, 60_000, 30_000))
                .hasMessage("undoing.maxAttempts must be 1 to 20, was 0");
    }
}
