package dev.brigade.contract.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    private static final long NOW = 1_795_000_000_123L;

    @Test
    void anIdTellsItsTimeAndPartition() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long at = random.nextLong(1L << 48);
            int partition = random.nextInt(RequestId.MAX_PARTITIONS);

            assertThat(RequestId.parse(RequestId.create(at, partition)))
                    .contains(new RequestId.Parts(Instant.ofEpochMilli(at), partition));
        }
    }

    @Test
    void anIdIsAUuidOfVersionSevenAndOfTheStandardVariant() {
        UUID uuid = UUID.fromString(RequestId.create(NOW, 4095));

        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void idsOfOneMillisecondAndPartitionDiffer() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(ids.add(RequestId.create(NOW, 3))).isTrue();
        }
    }

    @Test
    void idsSortByTime() {
        assertThat(RequestId.create(NOW, 4095)).isLessThan(RequestId.create(NOW + 1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4096, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aPartitionThatDoesNotFitIsRefused(int partition) {
        assertThatThrownBy(() -> RequestId.create(NOW, partition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 4095");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order-17",
                "8a1f4b0e-9b1e-4b1e-8b1e-9b1e4b1e8b1e", // version 4
                "0193a000-0000-7001-c000-000000000001", // another variant
                "0193a000000070018000000000000000 ab",
                "0193a000-0000-7001-8000-00000000000g",
                "0193a000-0000-7001-8000-0000000000011"
            })
    void anyOtherKeyTellsNothing(String key) {
        assertThat(RequestId.parse(key)).isEmpty();
    }

    @Test
    void akeyIsUsableFromOneToTwoHundredPrintableCharacters() {
        assertThat(RequestId.isUsable("a")).isTrue();
        assertThat(RequestId.isUsable("x".repeat(200))).isTrue();
        assertThat(RequestId.isUsable("Auftrag 17/ü")).isTrue();
        assertThat(RequestId.isUsable("")).isFalse();
        assertThat(RequestId.isUsable("x".repeat(201))).isFalse();
        assertThat(RequestId.isUsable("a\nb")).isFalse();
        assertThat(RequestId.isUsable("a\u0000")).isFalse();
    }
}
