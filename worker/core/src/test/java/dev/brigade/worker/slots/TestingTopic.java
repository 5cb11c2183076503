package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;

/**
 * Jobs that the test puts in, for any number of sources, and what becomes of them. Its sources are
 * as strict as the real one about what must be settled and renewed.
 */
final class TestingTopic {

    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>(64);
    private final List<Settlement> settled = new CopyOnWriteArrayList<>();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean lockLost;
    private volatile boolean pollFails;
    private volatile boolean settlesFail;

    /** A source that gives so many at once. */
    JobSource open(int most) {
        opened.incrementAndGet();
        return new Source(most);
    }

    void put(Delivery delivery) {
        waiting.add(delivery);
    }

    void loseLock() {
        lockLost = true;
    }

    void failPolls(boolean fail) {
        pollFails = fail;
    }

    void failSettles(boolean fail) {
        settlesFail = fail;
    }

    List<Settlement> settled() {
        return settled;
    }

    int renewals() {
        return renewals.get();
    }

    int opened() {
        return opened.get();
    }

    int closed() {
        return closed.get();
    }

    private final class Source implements JobSource {

        private final int most;
        private final List<Delivery> held = new ArrayList<>();

        private Source(int most) {
            this.most = most;
        }

        @Override
        public List<Delivery> poll(Duration wait) {
            if (pollFails) {
                throw new KafkaException("broker away");
            }
            if (!held.isEmpty()) {
                throw new IllegalStateException("not all deliveries are settled");
            }
            try {
                Delivery first = waiting.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    held.add(first);
                    waiting.drainTo(held, most - 1);
                }
                return List.copyOf(held);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }

        @Override
        public Duration lock() {
            return Duration.ofMillis(90);
        }

        @Override
        public boolean renew(Collection<Delivery> renewed) {
            if (!Set.copyOf(renewed).equals(Set.copyOf(held))) {
                throw new IllegalStateException("not all deliveries are renewed");
            }
            renewals.incrementAndGet();
            return !lockLost;
        }

        @Override
        public boolean settle(Delivery delivery, Settlement settlement) {
            if (settlesFail) {
                throw new KafkaException("broker away");
            }
            if (!held.remove(delivery)) {
                throw new IllegalStateException("not held");
            }
            settled.add(settlement);
            return settlement != Settlement.FORGET;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
