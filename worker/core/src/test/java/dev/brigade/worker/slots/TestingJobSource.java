package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;

/** A source that gives what the test puts in, and keeps what becomes of it. */
final class TestingJobSource implements JobSource {

    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>(16);
    private final List<Settlement> settled = new CopyOnWriteArrayList<>();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean lockLost;
    private volatile boolean pollFails;

    JobSource open() {
        opened.incrementAndGet();
        return this;
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

    @Override
    public Optional<Delivery> poll(Duration wait) {
        if (pollFails) {
            throw new KafkaException("broker away");
        }
        try {
            return Optional.ofNullable(waiting.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public Duration lock() {
        return Duration.ofMillis(90);
    }

    @Override
    public boolean renew(Delivery delivery) {
        renewals.incrementAndGet();
        return !lockLost;
    }

    @Override
    public boolean settle(Delivery delivery, Settlement settlement) {
        settled.add(settlement);
        return settlement != Settlement.FORGET;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
