package dev.brigade.rest.ledger;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * A turn whose writes are transactions under the one name that all instances use for it: beginning
 * a turn fences every earlier one, also of a process that was frozen and does not know it yet.
 *
 * <p>A transaction that fails for any other reason ends the turn too: whether it was stored is not
 * known, and the next turn reads it.
 */
final class KafkaTurn implements Turn, AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final AvroWire wire;
    private final LedgerReader reader;
    private final Duration patience;
    private volatile boolean held = true;

    private KafkaTurn(
            Producer<byte[], byte[]> producer,
            AvroWire wire,
            LedgerReader reader,
            Duration patience) {
        this.producer = producer;
        this.wire = wire;
        this.reader = reader;
        this.patience = patience;
    }

    /** Fences the earlier turn. */
    static KafkaTurn begin(
            Producer<byte[], byte[]> producer,
            AvroWire wire,
            LedgerReader reader,
            Duration patience) {
        try {
            producer.initTransactions();
            return new KafkaTurn(producer, wire, reader, patience);
        } catch (RuntimeException e) {
            producer.close(CLOSE);
            throw e;
        }
    }

    @Override
    public boolean held() {
        return held;
    }

    @Override
    public synchronized void write(List<Entry> entries) {
        if (!held) {
            throw new TurnLostException();
        }
        try {
            var sent = LedgerWrites.transaction(producer, wire, entries);
            sent.forEach((partition, next) -> {
                boolean _ = reader.await(partition, next, patience);
            });
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            held = false;
            throw new TurnLostException();
        } catch (KafkaException e) {
            held = false;
            throw new ApiException(
                    ApiError.of(ErrorCode.NOT_READY, "Kafka did not store how far a batch is"));
        }
    }

    /** Over: nothing is written any more. */
    void end() {
        held = false;
    }

    @Override
    public void close() {
        end();
        producer.close(CLOSE);
    }
}
