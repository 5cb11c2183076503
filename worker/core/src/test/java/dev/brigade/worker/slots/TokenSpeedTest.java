package dev.brigade.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenSpeedTest {

    private long now = TimeUnit.SECONDS.toNanos(100);
    private final TokenSpeed speed = new TokenSpeed(() -> now);

    @Test
    void nothingGeneratedIsNoSpeed() {
        assertThat(speed.perSecond()).isEmpty();
    }

    @Test
    void theSecondsInWhichTokensCameAreAveraged() {
        speed.generated(30);
        pass(1);
        speed.generated(50);
        pass(2);

        assertThat(speed.perSecond()).hasValue(40);
    }

    @Test
    void theRunningSecondDoesNotDragTheAverageDown() {
        speed.generated(40);
        pass(1);
        speed.generated(1);

        assertThat(speed.perSecond()).hasValue(40);
    }

    @Test
    void aSecondTenSecondsAgoIsForgotten() {
        speed.generated(30);
        pass(10);

        assertThat(speed.perSecond()).isEmpty();
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
