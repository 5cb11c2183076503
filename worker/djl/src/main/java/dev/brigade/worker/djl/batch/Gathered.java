package dev.brigade.worker.djl.batch;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The calls that would run together if the model ran now.
 *
 * <p>A batch is as wide as its most expensive call, since the others are padded to it, so its cost
 * is that width times its size. The oldest call is always in it, which is why none can starve.
 * Those nearest to it in cost join while the batch stays within its size and budget, and while its
 * cheapest call costs at least half as much as its most expensive one: seven short texts beside a
 * long one would cost as much as seven long ones. Among very cheap calls that does not matter.
 * Where all costs are equal this is first come, first served.
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
     * @param waiting at least one call, oldest first
     * @param maxSize most calls
     * @param budget most units, unless the oldest call alone costs more
     */
    static <I, O> Gathered<I, O> of(List<Call<I, O>> waiting, int maxSize, long budget) {
        List<Integer> byCost =
                IntStream.range(0, waiting.size())
                        .boxed()
                        .sorted(comparingInt(place -> waiting.get(place).cost()))
                        .toList();
        List<Call<I, O>> sorted = byCost.stream().map(waiting::get).toList();
        Window window = new Window(sorted.stream().mapToInt(Call::cost).toArray(), budget);
        window.open(byCost.indexOf(0));
        window.widenTo(maxSize);
        boolean full =
                window.size() == maxSize
                        || window.size() < sorted.size()
                        || window.unitsWithOneMore() > budget;
        return new Gathered<>(sorted.subList(window.low, window.high + 1), full);
    }

    /** A run of neighbours among the sorted costs. */
    private static final class Window {

        private final int[] costs;
        private final long budget;
        private int low;
        private int high;
        private int anchor;

        Window(int[] costs, long budget) {
            this.costs = costs;
            this.budget = budget;
        }

        void open(int at) {
            low = at;
            high = at;
            anchor = costs[at];
        }

        int size() {
            return high - low + 1;
        }

        long unitsWithOneMore() {
            return (long) costs[high] * (size() + 1);
        }

        void widenTo(int most) {
            boolean wider = true;
            while (wider && size() < most) {
                wider = widen();
            }
        }

        /** Takes in the neighbour that is nearest to the first call; false when none fits. */
        private boolean widen() {
            boolean below = low > 0 && fits(low - 1, high);
            boolean above = high + 1 < costs.length && fits(low, high + 1);
            if (!below && !above) {
                return false;
            }
            if (below && (!above || anchor - costs[low - 1] < costs[high + 1] - anchor)) {
                low--;
            } else {
                high++;
            }
            return true;
        }

        private boolean fits(int from, int to) {
            long width = costs[to];
            return width * (to - from + 1) <= budget
                    && (width <= NARROW || width <= 2L * costs[from]);
        }
    }
}
