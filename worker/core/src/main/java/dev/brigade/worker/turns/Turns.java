package dev.brigade.worker.turns;

import dev.brigade.schema.Priority;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What waits, by class, and in which order it goes: higher classes first, within a class the first
 * come. For every {@value #SHARE} of higher classes that passed a class while it waited, one of it
 * is owed a turn before all others, so that none waits for ever. Knows no thread and no clock: the
 * same calls give the same order. Not thread-safe; its owner bounds it.
 *
 * @param <T> told apart by identity
 */
public final class Turns<T> {

    /** Of higher classes, after which one of a lower goes. */
    public static final int SHARE = 8;

    private static final List<Priority> BEST_FIRST =
            List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

    private final Map<Priority, List<T>> lanes = new EnumMap<>(Priority.class);
    private final Map<Priority, Integer> passed = new EnumMap<>(Priority.class);

    public Turns() {
        for (Priority priority : BEST_FIRST) {
            lanes.put(priority, new ArrayList<>());
            passed.put(priority, 0);
        }
    }

    /** Lets one more wait. */
    public void add(Priority priority, T one) {
        lane(priority).add(one);
    }

    /** How many of a class wait. */
    public int size(Priority priority) {
        return lane(priority).size();
    }

    /** How many wait. */
    public int size() {
        return lanes.values().stream().mapToInt(List::size).sum();
    }

    /** All in the order in which they go, were they to go now. */
    public List<T> inOrder() {
        return tiers().stream().flatMap(List::stream).toList();
    }

    /**
     * All in the order in which they go, in groups: those that are owed a turn with the highest
     * class that waits, then each further class. No group is empty.
     */
    public List<List<T>> tiers() {
        List<List<T>> tiers = new ArrayList<>();
        List<T> first = owed();
        for (Priority priority : BEST_FIRST) {
            List<T> rest = lane(priority).subList(owed(priority), size(priority));
            if (!rest.isEmpty()) {
                first.addAll(rest);
                tiers.add(List.copyOf(first));
                first.clear();
            }
        }
        if (!first.isEmpty()) {
            tiers.add(List.copyOf(first));
        }
        return tiers;
    }

    /** Notes that some had their turn together. */
    public void take(Collection<? extends T> some) {
        Set<T> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.addAll(some);
        int higher = 0;
        for (Priority priority : BEST_FIRST) {
            List<T> lane = lane(priority);
            int before = lane.size();
            lane.removeIf(gone::contains);
            int taken = before - lane.size();
            int until = taken == 0 ? passed(priority) : 0;
            passed.put(priority, lane.isEmpty() ? 0 : until + higher);
            higher += taken;
        }
    }

    /** Lets those go that wait no more, without a turn. */
    public void removeIf(Predicate<? super T> gone) {
        lanes.values().forEach(lane -> lane.removeIf(gone));
    }

    /** Those that are owed a turn, of the class that was passed most first. */
    private List<T> owed() {
        List<T> owed = new ArrayList<>();
        BEST_FIRST.stream()
                .sorted(Comparator.comparingInt(this::passed).reversed())
                .forEach(priority -> owed.addAll(lane(priority).subList(0, owed(priority))));
        return owed;
    }

    private int owed(Priority priority) {
        return Math.min(size(priority), passed(priority) / SHARE);
    }

    private int passed(Priority priority) {
        return passed.getOrDefault(priority, 0);
    }

    private List<T> lane(Priority priority) {
        return lanes.getOrDefault(priority, List.of());
    }
}
