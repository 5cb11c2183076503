package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Claim;
import dev.brigade.schema.ClaimAnswered;
import dev.brigade.schema.InferenceEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each idempotency key to the first request that claims it, for a day. Partitioned by key,
 * since requests with the same key may lie on different partitions.
 */
final class ClaimProcessor implements Processor<byte[], byte[], String, Outgoing> {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimProcessor.class);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final int MAX_SWEPT_AT_ONCE = 10_000;

    private final AvroWire wire;
    private final Duration held;

    private ProcessorContext<String, Outgoing> context;
    private KeyValueStore<String, Holder> claims;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    ClaimProcessor(AvroWire wire, Duration held) {
        this.wire = wire;
        this.held = held;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        this.context = context;
        claims = context.getStateStore(Stores.CLAIMS);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            Claim claim = wire.decode(record.value(), Claim.class);
            answer(new String(record.key(), StandardCharsets.UTF_8), claim);
        } catch (UndecodableException e) {
            LOG.warn("a claim was dropped: {}", e.code().wireName());
        }
    }

    private void answer(String key, Claim claim) {
        long nowMs = context.currentSystemTimeMs();
        Holder holder = claims.get(key);
        if (holder == null || holder.untilMs() <= nowMs) {
            holder = new Holder(claim.getRequestId(), nowMs + held.toMillis());
            claims.put(key, holder);
        }
        boolean granted = holder.requestId().equals(claim.getRequestId());
        InferenceEvent event =
                new InferenceEvent(
                        claim.getRequestId(),
                        nowMs,
                        new ClaimAnswered(granted, granted ? null : holder.requestId()));
        context.forward(
                new Record<>(
                        claim.getRequestId(),
                        Outgoing.to(Topics.EVENTS, claim.getHomePartition(), wire.encode(event)),
                        nowMs));
    }

    private void sweep(long nowMs) {
        List<String> over = new ArrayList<>();
        try (KeyValueIterator<String, Holder> all = claims.all()) {
            while (all.hasNext() && over.size() < MAX_SWEPT_AT_ONCE) {
                KeyValue<String, Holder> claim = all.next();
                if (claim.value.untilMs() <= nowMs) {
                    over.add(claim.key);
                }
            }
        }
        over.forEach(claims::delete);
    }

    /**
     * Who has a key.
     *
     * @param untilMs when the key is free again
     */
    record Holder(String requestId, long untilMs) {}
}
