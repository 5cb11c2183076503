package dev.brigade.worker.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.brigade.schema.Priority;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

    private final Map<Priority, Integer> taken = new EnumMap<>(Priority.class);

    @Test
    void noClassTakesWhatIsKeptForTheOthers() {
        Shares shares = new Shares(10, 2);

        assertThat(fill(shares, Priority.LOW)).isEqualTo(6);
        assertThat(fill(shares, Priority.HIGH)).isEqualTo(2);
        assertThat(fill(shares, Priority.NORMAL)).isEqualTo(2);
    }

    @Test
    void aWholeBatchIsLeftToAnyClass() {
        assertThat(fill(Shares.of(256, 32), Priority.LOW)).isEqualTo(200);
        taken.clear();
        assertThat(fill(Shares.of(32, 32), Priority.LOW)).isEqualTo(32);
    }

    @Test
    void theBoundHoldsAndEachClassGetsItsOwn() {
        long seed = Long.getLong("brigade.seed", 20_261_121);
        Random random = new Random(seed);
        Shares shares = new Shares(12, 3);
        for (int i = 0; i < 5_000; i++) {
            Priority priority = Priority.values()[random.nextInt(3)];
            int theirs = taken(priority);
            if (random.nextInt(5) < 2 && theirs > 0) {
                taken.put(priority, theirs - 1);
            } else if (shares.admits(priority, this::taken)) {
                taken.put(priority, theirs + 1);
            } else {
                assertThat(theirs).as("seed %d", seed).isGreaterThanOrEqualTo(3);
            }
            assertThat(taken.values().stream().mapToInt(n -> n).sum())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(12);
        }
    }

    @Test
    void noMoreIsReservedThanThereIs() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(5, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(0, 0));
    }

    private int fill(Shares shares, Priority priority) {
        int count = 0;
        while (shares.admits(priority, this::taken)) {
            taken.merge(priority, 1, Integer::sum);
            count++;
        }
        return count;
    }

    private int taken(Priority priority) {
        return taken.getOrDefault(priority, 0);
    }
}
