package dev.brigade.contract.reply;

import dev.brigade.schema.Epoch;
import java.util.Comparator;

/**
 * Order of attempts: by dispatch, then by delivery. Two attempts that differ only in their id (a
 * share group that lost its count) compare as equal, and a reader stays with the one it saw first.
 */
public final class EpochOrder {

    /** Older before newer. */
    public static final Comparator<Epoch> OLDEST_FIRST =
            Comparator.comparingInt(Epoch::getDispatch).thenComparingInt(Epoch::getDelivery);

    private EpochOrder() {}

    /** Whether both name the same attempt. */
    public static boolean same(Epoch one, Epoch other) {
        return one.getAttemptId().equals(other.getAttemptId())
                && OLDEST_FIRST.compare(one, other) == 0;
    }
}
