package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.scheduling.QueueCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The share group of one model's topic: locks that expire, deliveries that are counted, records
 * that vanish after the last one, and a broker that forgets both when it restarts.
 */
final class ShareGroup {

    static final long LOCK_MS = 30_000;
    private static final int DELIVERY_LIMIT = 5;

    /** A job on the topic. */
    static final class Delivered {
        final Job job;
        final long expiresAtMs;
        int deliveries;
        int lock;
        boolean locked;

        Delivered(Job job, long expiresAtMs) {
            this.job = job;
            this.expiresAtMs = expiresAtMs;
        }
    }

    private final World world;
    private final Runnable available;
    private final List<Delivered> records = new ArrayList<>();

    ShareGroup(World world, Runnable available) {
        this.world = world;
        this.available = available;
    }

    void append(QueueCommand.Release release) {
        records.add(new Delivered(release.job(), world.nowMs() + release.budgetMs()));
        available.run();
    }

    /** The first free record, now locked. */
    Optional<Delivered> acquire() {
        if (records.isEmpty()) {
            return Optional.empty();
        }
        records.removeIf(record -> !record.locked && record.deliveries >= DELIVERY_LIMIT);
        Optional<Delivered> free = records.stream().filter(record -> !record.locked).findFirst();
        free.ifPresent(record -> {
            record.locked = true;
            record.lock++;
            record.deliveries++;
        });
        return free;
    }

    /** Takes the record away, if the lock still holds. */
    void accept(Delivered record, int lock) {
        if (record.locked && record.lock == lock) {
            records.remove(record);
        }
    }

    /** Gives the record to another, if the lock still holds. */
    void release(Delivered record, int lock) {
        if (record.locked && record.lock == lock) {
            record.locked = false;
            available.run();
        }
    }

    void brokerRestarts() {
        records.forEach(record -> {
            record.locked = false;
            record.deliveries = 0;
        });
        available.run();
    }
}
