package dev.brigade.dispatcher.scheduling;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who was served when. A tenant that comes new takes a number as if it had just been served, so
 * that it queues behind those who wait; an idle one keeps its number for a while, so that leaving
 * and coming back gains nothing.
 */
final class Turns {

    /** Turns after which an idle tenant is forgotten; bounds the map. */
    private static final int MEMORY = 256;

    private final Map<String, Long> lastTurn = new HashMap<>();
    private final TreeMap<Long, String> byTurn = new TreeMap<>();
    private long turn;

    Turns(long turn, Map<String, Long> lastTurns) {
        this.turn = turn;
        lastTurns.forEach(this::put);
    }

    /** Makes the tenant known; whether it is new. */
    boolean join(String tenant) {
        if (lastTurn.containsKey(tenant)) {
            return false;
        }
        put(tenant, ++turn);
        return true;
    }

    void take(String tenant) {
        byTurn.remove(of(tenant));
        put(tenant, ++turn);
    }

    long of(String tenant) {
        Long last = lastTurn.get(tenant);
        if (last == null) {
            throw new IllegalStateException("tenant never joined: " + tenant);
        }
        return last;
    }

    /** Forgets idle tenants that were last served long ago. */
    void forget(Predicate<String> waits) {
        var oldest = byTurn.headMap(turn - MEMORY, true).entrySet().iterator();
        while (oldest.hasNext()) {
            var entry = oldest.next();
            if (!waits.test(entry.getValue())) {
                lastTurn.remove(entry.getValue());
                oldest.remove();
            }
        }
    }

    long turn() {
        return turn;
    }

    Map<String, Long> lastTurns() {
        return lastTurn;
    }

    private void put(String tenant, long number) {
        lastTurn.put(tenant, number);
        byTurn.put(number, tenant);
    }
}
