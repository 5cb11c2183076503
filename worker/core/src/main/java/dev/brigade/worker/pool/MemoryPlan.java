package dev.brigade.worker.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides how a model gets its memory: nothing but arithmetic. */
sealed interface MemoryPlan {

    /** There is room. */
    record Fits() implements MemoryPlan {}

    /** There is room once these models are unloaded. */
    record Evict(List<String> models) implements MemoryPlan {}

    /** There will be room when models that are being unloaded are gone. */
    record Wait() implements MemoryPlan {}

    /** There is no room, and none can be made. */
    record Refuse(String reason) implements MemoryPlan {}

    /**
     * A model that has memory.
     *
     * @param idle whether it could be unloaded now
     * @param leaving whether it is being unloaded
     * @param lastUsedNanos when it last worked, by one clock for all
     */
    record Holding(String model, long mb, boolean idle, boolean leaving, long lastUsedNanos) {}

    /**
     * The plan for a model that needs {@code neededMb}. Idle models go, the longest unused first,
     * and no more of them than needed.
     *
     * @param nowNanos by the clock of {@code lastUsedNanos}
     */
    static MemoryPlan of(long limitMb, long neededMb, List<Holding> holdings, long nowNanos) {
        long used = holdings.stream().mapToLong(Holding::mb).sum();
        long missing = used + neededMb - limitMb;
        if (missing <= 0) {
            return new Fits();
        }
        long leaving = holdings.stream().filter(Holding::leaving).mapToLong(Holding::mb).sum();
        if (leaving >= missing) {
            return new Wait();
        }
        List<String> victims = new ArrayList<>();
        long freed = leaving;
        List<Holding> oldestFirst =
                holdings.stream()
                        .filter(h -> h.idle() && !h.leaving())
                        .sorted(Comparator.comparingLong(h -> h.lastUsedNanos() - nowNanos))
                        .toList();
        for (Holding holding : oldestFirst) {
            if (freed < missing) {
                victims.add(holding.model());
                freed += holding.mb();
            }
        }
        return freed >= missing
                ? new Evict(List.copyOf(victims))
                : new Refuse(
                        "it needs about %d MB, and %d of %d MB are taken by models that are at work or pinned"
                                .formatted(neededMb, used - (freed - leaving), limitMb));
    }
}
