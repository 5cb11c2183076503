package dev.brigade.rest.ledger;

import dev.brigade.contract.serde.AvroWire;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the turn while the group gives this member the partition. Held by one thread. */
final class TurnSeat {

    private static final Logger log = LoggerFactory.getLogger(TurnSeat.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final LedgerClients clients;
    private final AvroWire wire;
    private final LedgerReader reader;
    private final Duration patience;
    private boolean assigned;
    private volatile @Nullable KafkaTurn turn;

    TurnSeat(LedgerClients clients, AvroWire wire, LedgerReader reader, Duration patience) {
        this.clients = clients;
        this.wire = wire;
        this.reader = reader;
        this.patience = patience;
    }

    Optional<Turn> turn() {
        return Optional.<Turn>ofNullable(turn).filter(Turn::held);
    }

    /** Is a member until told to stop; ends a turn that was lost and begins the next. */
    void hold(BooleanSupplier goOn) {
        try (Consumer<byte[], byte[]> member = clients.member()) {
            member.subscribe(List.of(LedgerReader.BATCHES.topic()), listener(member));
            while (goOn.getAsBoolean()) {
                member.poll(POLL);
                if (assigned && turn().isEmpty()) {
                    leave();
                    begin(member);
                }
            }
        } finally {
            assigned = false;
            leave();
        }
    }

    /** Only then are the records those that the earlier turn left. */
    private void begin(Consumer<byte[], byte[]> member) {
        KafkaTurn begun = KafkaTurn.begin(clients.fencedWriter(), wire, reader, patience);
        boolean read = false;
        try {
            read =
                    member
                            .endOffsets(List.of(LedgerReader.FILES, LedgerReader.BATCHES))
                            .entrySet()
                            .stream()
                            .allMatch(end -> reader.await(end.getKey(), end.getValue(), patience));
        } finally {
            if (!read) {
                begun.close();
            }
        }
        if (!read) {
            throw new IllegalStateException("what the earlier turn left cannot be read");
        }
        turn = begun;
        log.info("this instance works on the batches");
    }

    private void leave() {
        KafkaTurn over = turn;
        turn = null;
        if (over != null) {
            over.close();
            log.info("this instance works on the batches no more");
        }
    }

    private ConsumerRebalanceListener listener(Consumer<byte[], byte[]> member) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                // The records are read elsewhere; here only the assignment counts.
                member.pause(partitions);
                assigned |= !partitions.isEmpty();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                if (!partitions.isEmpty()) {
                    assigned = false;
                    leave();
                }
            }
        };
    }
}
