package dev.brigade.worker.djl.batch;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The calls that would run together if the model ran now.
 *
 * <p>A batch is as wide as its most expensive call, since the others are padded to it, so its cost
 * is that width times its size. The call whose turn it is is always in it, which is why none can
 * starve. The others join tier by tier, within a tier those nearest to it in cost first, while the
 * batch stays within its size and budget, and while its cheapest call costs at least half as much
 * as its most expensive one: seven short texts beside a long one would cost as much as seven long
 * ones. Among very cheap calls that does not matter. Where all costs are equal the turns alone
 * decide.
 *
 * @param calls at least one, cheapest first
 * @param full whether to wait for others would be in vain: there is no room, or there are calls
 *     left over, for which the model had better be free soon
 */
record Gathered<I, O>(List<Call<I, O>> calls, boolean full) {

    /** A batch no wider than this costs about as much as one call. */
    private static final int NARROW = 32;

    /** Cost of the batch with its padding. */
    long units() {
        return (long) calls.size() * calls.getLast().cost();
    }

    int size() {
        return calls.size();
    }

    /**
     * Gathers a batch.
     *
     * @param tiers calls in the order of their turns, at least one in each
     * @param maxSize most calls
     * @param budget most units, unless the first call alone costs more
     */
    static <I, O> Gathered<I, O> of(List<List<Call<I, O>>> tiers, int maxSize, long budget) {
        Call<I, O> first = tiers.getFirst().getFirst();
        Growing<I, O> batch = new Growing<>(first, maxSize, budget);
        int waiting = 0;
        for (List<Call<I, O>> tier : tiers) {
            tier.stream()
                    .skip(waiting == 0 ? 1 : 0)
                    .sorted(nearestTo(first.cost()))
                    .forEach(batch::join);
            waiting += tier.size();
        }
        boolean full = batch.calls.size() < waiting || !batch.hasRoom(batch.highest);
        batch.calls.sort(comparingInt(Call::cost));
        return new Gathered<>(List.copyOf(batch.calls), full);
    }

    private static <I, O> Comparator<Call<I, O>> nearestTo(int cost) {
        Comparator<Call<I, O>> nearest = comparingInt(call -> Math.abs(call.cost() - cost));
        return nearest.thenComparing(comparingInt((Call<I, O> call) -> call.cost()).reversed());
    }

    /** A batch that calls join while it stays within its bounds. */
    private static final class Growing<I, O> {

        private final List<Call<I, O>> calls = new ArrayList<>();
        private final int maxSize;
        private final long budget;
        private int lowest;
        private int highest;

        Growing(Call<I, O> first, int maxSize, long budget) {
            this.maxSize = maxSize;
            this.budget = budget;
            this.lowest = first.cost();
            this.highest = first.cost();
            calls.add(first);
        }

        void join(Call<I, O> call) {
            int low = Math.min(lowest, call.cost());
            int high = Math.max(highest, call.cost());
            if (hasRoom(high) && (high <= NARROW || high <= 2L * low)) {
                calls.add(call);
                lowest = low;
                highest = high;
            }
        }

        /** Whether one more call fits where the batch is as wide as this. */
        boolean hasRoom(int width) {
            return calls.size() < maxSize && (calls.size() + 1L) * width <= budget;
        }
    }
}
