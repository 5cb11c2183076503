package dev.brigade.dispatcher.scheduling;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The waiting jobs of one model in the order in which they go: by lane, within a lane by turns
 * among tenants, within a tenant by deadline, then by arrival.
 *
 * <p>Invariants: a waiting job is in exactly one lane; a tenant is in a lane's rotation exactly
 * while it has a job there; no two tenants have the same turn number, so the least recently served
 * one is unique.
 */
final class Lanes {

    /**
     * A lane goes before all later ones, but for the turn that {@link ModelQueue} saves for AGED.
     */
    enum Lane {
        HIGH,
        /** Normal and low jobs that waited too long. */
        AGED,
        NORMAL,
        LOW
    }

    static final Comparator<QueueEntry.Waiting> BY_DEADLINE =
            Comparator.comparingLong((QueueEntry.Waiting entry) -> entry.job().deadlineAtMs())
                    .thenComparingLong(QueueEntry.Waiting::sequence);

    private final Turns turns;
    private final Map<Lane, Rotation> rotations = new EnumMap<>(Lane.class);

    Lanes(Turns turns) {
        this.turns = turns;
        for (Lane lane : Lane.values()) {
            rotations.put(lane, new Rotation());
        }
    }

    void add(Lane lane, QueueEntry.Waiting entry) {
        rotation(lane).add(entry);
    }

    void remove(Lane lane, QueueEntry.Waiting entry) {
        rotation(lane).remove(entry);
    }

    boolean isEmpty(Lane lane) {
        return rotation(lane).byTenant.isEmpty();
    }

    /** The next job of a lane, left where it is. */
    Optional<QueueEntry.Waiting> head(Lane lane) {
        return rotation(lane).head();
    }

    /** Gives the tenant a new turn number, in every lane. */
    void served(String tenant) {
        rotations.values().forEach(rotation -> rotation.leave(tenant));
        turns.take(tenant);
        rotations.values().forEach(rotation -> rotation.rejoin(tenant));
    }

    /** Whether the tenant waits in any lane. */
    boolean waits(String tenant) {
        return rotations.values().stream().anyMatch(each -> each.byTenant.containsKey(tenant));
    }

    /**
     * Jobs that go before this one of its lane and of the lanes before. Linear in tenants and
     * depth.
     */
    int ahead(Lane lane, QueueEntry.Waiting entry) {
        int before = rotation(lane).ahead(entry);
        for (Lane earlier : Lane.values()) {
            if (earlier.compareTo(lane) < 0) {
                before += rotation(earlier).size();
            }
        }
        return before;
    }

    private Rotation rotation(Lane lane) {
        Rotation rotation = rotations.get(lane);
        if (rotation == null) {
            throw new IllegalStateException("no lane " + lane);
        }
        return rotation;
    }

    /** One lane. */
    private final class Rotation {

        private final Map<String, NavigableSet<QueueEntry.Waiting>> byTenant = new HashMap<>();
        private final TreeMap<Long, String> tenantsByTurn = new TreeMap<>();

        void add(QueueEntry.Waiting entry) {
            String tenant = entry.job().tenant();
            byTenant.computeIfAbsent(tenant, _ -> new TreeSet<>(BY_DEADLINE)).add(entry);
            rejoin(tenant);
        }

        void remove(QueueEntry.Waiting entry) {
            String tenant = entry.job().tenant();
            NavigableSet<QueueEntry.Waiting> jobs = byTenant.get(tenant);
            if (jobs == null || !jobs.remove(entry)) {
                throw new IllegalStateException("not in its lane: " + entry.jobId());
            }
            if (jobs.isEmpty()) {
                byTenant.remove(tenant);
                leave(tenant);
            }
        }

        Optional<QueueEntry.Waiting> head() {
            return Optional.ofNullable(tenantsByTurn.firstEntry())
                    .map(first -> jobs(first.getValue()).first());
        }

        void leave(String tenant) {
            tenantsByTurn.remove(turns.of(tenant));
        }

        void rejoin(String tenant) {
            if (byTenant.containsKey(tenant)) {
                tenantsByTurn.put(turns.of(tenant), tenant);
            }
        }

        /** By turns, each tenant before us goes once more often than we do. */
        int ahead(QueueEntry.Waiting entry) {
            String own = entry.job().tenant();
            int rounds = jobs(own).headSet(entry).size();
            int before = rounds;
            for (var other : byTenant.entrySet()) {
                if (!other.getKey().equals(own)) {
                    boolean first = turns.of(other.getKey()) < turns.of(own);
                    before += Math.min(other.getValue().size(), first ? rounds + 1 : rounds);
                }
            }
            return before;
        }

        int size() {
            return byTenant.values().stream().mapToInt(NavigableSet::size).sum();
        }

        private NavigableSet<QueueEntry.Waiting> jobs(String tenant) {
            NavigableSet<QueueEntry.Waiting> jobs = byTenant.get(tenant);
            if (jobs == null) {
                throw new IllegalStateException("no jobs of " + tenant);
            }
            return jobs;
        }
    }
}
