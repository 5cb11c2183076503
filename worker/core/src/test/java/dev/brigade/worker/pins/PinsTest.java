package dev.brigade.worker.pins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PinsTest {

    private long now = 1_000;
    private final Pins pins = new Pins(3, () -> now);

    @Test
    void aModelIsHeldUntilItsRequestIsReleased() {
        pins.pin("r1", "draft", "m", now + 100);
        pins.pin("r1", "refine", "other", now + 100);
        pins.pin("r2", "draft", "m", now + 100);

        pins.release("r1");

        assertThat(pins.holds("m")).as("by the other request").isTrue();
        assertThat(pins.holds("other")).isFalse();
        pins.release("r2");
        assertThat(pins.holds("m")).isFalse();
    }

    @Test
    void aStageThatIsUndoneReleasesItsPinAlone() {
        pins.pin("r1", "draft", "m", now + 100);
        pins.pin("r1", "refine", "other", now + 100);

        pins.release("r1", "draft");

        assertThat(pins.holds("m")).isFalse();
        assertThat(pins.holds("other")).isTrue();
    }

    @Test
    void attemptsOfAStageShareOnePin() {
        pins.pin("r1", "draft", "m", now + 100);
        pins.pin("r1", "draft", "m", now + 100);
        assertThat(pins.count()).isEqualTo(1);

        pins.pin("r1", "draft", "other", now + 100);

        assertThat(pins.count()).isEqualTo(1);
        assertThat(pins.holds("m")).isFalse();
        assertThat(pins.holds("other")).isTrue();
    }

    @Test
    void aPinEndsAtItsOwnTime() {
        pins.pin("r1", "draft", "m", now + 100);
        now += 99;
        assertThat(pins.holds("m")).isTrue();

        now += 1;

        assertThat(pins.holds("m")).isFalse();
        assertThat(pins.count()).isZero();
    }

    @Test
    void aClockThatHasGoneRoundEndsPinsInTime() {
        now = Long.MAX_VALUE - 10;
        pins.pin("r1", "draft", "m", now + 100);
        now += 50;
        assertThat(pins.holds("m")).isTrue();
        now += 50;
        assertThat(pins.holds("m")).isFalse();
    }

    @Test
    void pastTheLimitTheOldestYields() {
        for (String request : new String[] {"r1", "r2", "r3", "r4"}) {
            pins.pin(request, "draft", "m-" + request, now + 100);
        }

        assertThat(pins.count()).isEqualTo(3);
        assertThat(pins.holds("m-r1")).isFalse();
        assertThat(pins.holds("m-r4")).isTrue();
        assertThat(pins.yielded()).isEqualTo(1);
    }

    @Test
    void nobodyYieldsToAStageThatIsPinnedAlreadyOrToOneWhoseTimeIsOver() {
        pins.pin("r1", "draft", "m1", now + 100);
        pins.pin("r2", "draft", "m2", now + 10);
        pins.pin("r3", "draft", "m3", now + 100);

        pins.pin("r1", "draft", "m1", now + 100);
        now += 10;
        pins.pin("r4", "draft", "m4", now + 100);

        assertThat(pins.yielded()).isZero();
        assertThat(pins.count()).isEqualTo(3);
    }

    @Test
    void anUnloadedModelHasNoPins() {
        pins.pin("r1", "draft", "m", now + 100);
        pins.pin("r1", "refine", "other", now + 100);

        pins.unloaded("m");

        assertThat(pins.holds("m")).isFalse();
        assertThat(pins.holds("other")).isTrue();
    }

    @Test
    void whatIsNotPinnedMayBeReleased() {
        pins.release("nobody");
        pins.release("nobody", "draft");
        pins.unloaded("none");

        assertThat(pins.count()).isZero();
    }
}
