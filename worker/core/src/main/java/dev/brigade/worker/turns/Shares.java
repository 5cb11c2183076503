package dev.brigade.worker.turns;

import dev.brigade.schema.Priority;
import java.util.function.ToIntFunction;

/**
 * How a bounded number of places is shared: some are reserved for each class, the others belong to
 * who comes first. So no class finds all places taken by another.
 *
 * @param places in all, at least 1
 * @param reserved for each class
 */
public record Shares(int places, int reserved) {

    /** Reserved for each class is one in so many of the places that a batch leaves. */
    private static final int PART = 8;

    public Shares {
        if (places < 1 || reserved < 0 || reserved > places / Priority.values().length) {
            throw new IllegalArgumentException(
                    "%d places, of which %d are for each class".formatted(places, reserved));
        }
    }

    /** Shares that leave the places of a whole batch to any class. */
    public static Shares of(int places, int batch) {
        return new Shares(places, Math.max(0, places - batch) / PART);
    }

    /**
     * Whether there is a place for one more of a class.
     *
     * @param taken how many places a class has
     */
    public boolean admits(Priority priority, ToIntFunction<Priority> taken) {
        int used = 0;
        for (Priority each : Priority.values()) {
            int theirs = taken.applyAsInt(each);
            used += each == priority ? theirs : Math.max(theirs, reserved);
        }
        return used < places;
    }
}
