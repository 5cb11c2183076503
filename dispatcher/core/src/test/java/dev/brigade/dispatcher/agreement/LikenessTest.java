package dev.brigade.dispatcher.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikenessTest {

    @Test
    void itIsTheCosineOfEachTwoVectorsWhateverTheirLength() {
        Likeness likeness = Likeness.of(bytes(1, 0, 0, 5, 3, 3, -2, 0), 4, 2).orElseThrow();

        assertThat(likeness.cosines()).containsExactly(0.0, 0.7071, 0.7071, -1.0, 0.0, -0.7071);
        assertThat(likeness.cosine(0, 3)).isEqualTo(-1);
        assertThat(likeness.cosine(3, 0)).isEqualTo(-1);
        assertThat(likeness.cosine(2, 1)).isEqualTo(0.7071);
    }

    @Test
    void whatHasNoDirectionIsNotCompared() {
        assertThat(Likeness.of(bytes(1, 0, 0, 0), 2, 2)).isEmpty();
        assertThat(Likeness.of(bytes(1, 0, Float.NaN, 1), 2, 2)).isEmpty();
        assertThat(Likeness.of(bytes(1, 0, Float.POSITIVE_INFINITY, 1), 2, 2)).isEmpty();
    }

    @Test
    void figuresThatDoNotBelongToTheTextsAreRefused() {
        assertThatThrownBy(() -> Likeness.of(bytes(1, 0, 1), 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 numbers for 2 vectors of 2");
        assertThatThrownBy(() -> new Likeness(3, List.of(1.0))).hasMessage("1 pairs of 3 texts");
    }

    private static byte[] bytes(float... numbers) {
        var bytes =
                ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.array();
    }
}
