package dev.brigade.dispatcher.scheduling;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is stored of one model beside its jobs.
 *
 * @param turn number of the last turn given
 * @param highRun high jobs released in a row while an aged job waited
 * @param workers by worker id
 * @param tenantTurns tenant to its last turn
 */
public record ModelState(
        long turn, int highRun, Map<String, Slots> workers, Map<String, Long> tenantTurns) {

    public static final ModelState EMPTY = new ModelState(0, 0, Map.of(), Map.of());

    public ModelState {
        workers = Collections.unmodifiableMap(new TreeMap<>(workers));
        tenantTurns = Collections.unmodifiableMap(new TreeMap<>(tenantTurns));
    }

    /** A worker's places. */
    public record Slots(int slots, long validUntilMs) {}
}
