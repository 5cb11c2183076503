package dev.brigade.contract.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.Epoch;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

    @Test
    void dispatchDecidesBeforeDelivery() {
        assertThat(order(new Epoch(1, 9, "a"), new Epoch(2, 1, "b"))).isNegative();
        assertThat(order(new Epoch(2, 1, "a"), new Epoch(2, 2, "b"))).isNegative();
        assertThat(order(new Epoch(2, 2, "a"), new Epoch(2, 2, "b"))).isZero();
    }

    @Test
    void theSameAttemptHasTheSameNumbersAndId() {
        assertThat(EpochOrder.same(new Epoch(1, 1, "a"), new Epoch(1, 1, "a"))).isTrue();
        assertThat(EpochOrder.same(new Epoch(1, 1, "a"), new Epoch(1, 1, "b"))).isFalse();
        assertThat(EpochOrder.same(new Epoch(1, 1, "a"), new Epoch(1, 2, "a"))).isFalse();
    }

    @Test
    void theDigestIsSha256OfUtf8InLowerCaseHex() {
        assertThat(TextDigest.of("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(TextDigest.of("ü")).isNotEqualTo(TextDigest.of("u"));
    }

    private static int order(Epoch one, Epoch other) {
        return EpochOrder.OLDEST_FIRST.compare(one, other);
    }
}
