package dev.brigade.rest.ledger;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.TopicMismatchException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.rest.config.KafkaProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in two compacted topics of one partition each. One thread reads them; another is a
 * member of the group whose single partition is the turn. Each opens its clients again, after a
 * pause, when they fail.
 */
final class KafkaLedger implements Ledger, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaLedger.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final LedgerClients clients;
    private final KafkaProperties kafka;
    private final AvroWire wire;
    private final LedgerReader reader;
    private final TurnSeat seat;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread readerThread;
    private final Thread turnThread;
    // Guarded by this.
    private @Nullable Producer<byte[], byte[]> writer;

    private KafkaLedger(LedgerClients clients, AvroWire wire) {
        this.clients = clients;
        this.kafka = clients.kafka();
        this.wire = wire;
        this.reader = new LedgerReader(wire);
        this.seat = new TurnSeat(clients, wire, reader, kafka.lookupTimeout());
        this.readerThread =
                Thread.ofPlatform()
                        .daemon()
                        .name("brigade-ledger")
                        .unstarted(() -> keepOn("files and batches are not read", this::read));
        this.turnThread =
                Thread.ofPlatform()
                        .daemon()
                        .name("brigade-ledger-turn")
                        .unstarted(() -> keepOn("batches wait for their turn", this::sit));
    }

    /** Begins to read at once. */
    static KafkaLedger start(LedgerClients clients, AvroWire wire) {
        KafkaLedger ledger = new KafkaLedger(clients, wire);
        ledger.readerThread.start();
        ledger.turnThread.start();
        return ledger;
    }

    @Override
    public LedgerRecords records() {
        return reader.records();
    }

    @Override
    public void put(List<Entry> entries) {
        reader.records();
        try {
            LedgerWrites.plain(writer(), wire, entries)
                    .forEach((partition, next) -> {
                        boolean _ = reader.await(partition, next, kafka.lookupTimeout());
                    });
        } catch (KafkaException e) {
            log.warn("files and batches cannot be written", e);
            throw new ApiException(ApiError.of(ErrorCode.NOT_READY, "Kafka did not store it"));
        }
    }

    @Override
    public Optional<Turn> turn() {
        return seat.turn();
    }

    private synchronized Producer<byte[], byte[]> writer() {
        if (closing.getCount() == 0) {
            throw new ApiException(ApiError.of(ErrorCode.NOT_READY, "The server is stopping"));
        }
        if (writer == null) {
            writer = clients.writer();
        }
        return writer;
    }

    private void keepOn(String whatFails, Runnable work) {
        String told = "";
        while (open()) {
            try {
                work.run();
            } catch (KafkaException | IllegalStateException | TopicMismatchException e) {
                String why = String.valueOf(e.getMessage());
                if (open() && !why.equals(told)) {
                    log.warn("{}: {}", whatFails, why);
                    told = why;
                }
            } catch (RuntimeException e) {
                log.error(whatFails, e);
            }
            pause();
        }
    }

    private void read() {
        try (Admin admin = clients.admin();
                Consumer<byte[], byte[]> consumer = clients.reader()) {
            new TopicCheck(admin, Optional.empty(), kafka.lookupTimeout())
                    .ensure(Topics.ofRestAdapter());
            reader.begin(consumer);
            while (open()) {
                reader.read(consumer);
            }
        }
    }

    private void sit() {
        if (reader.isLive()) {
            seat.hold(this::open);
        }
    }

    private boolean open() {
        return closing.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    private void pause() {
        try {
            boolean _ = closing.await(kafka.retryPause().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go of the turn at once, so that another instance has it at once. */
    @Override
    public void close() {
        closing.countDown();
        try {
            for (Thread thread : List.of(turnThread, readerThread)) {
                if (!thread.join(CLOSE)) {
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (writer != null) {
                writer.close(CLOSE);
            }
        }
    }
}
