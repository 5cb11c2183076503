package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Checkpoint;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each idempotency key to the first request that claims it, for a day. A request that ends
 * unanswered may give its key back with the stages that it completed; the next one to claim the key
 * gets both. Partitioned by key, since requests with the same key may lie on different partitions.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A key is held by at most one request, and only that one can release it. What any other
 *       says, or the same one again, changes nothing.
 *   <li>A claim that is repeated gets the same answer, so that an answer that was late or lost does
 *       no harm. A checkpoint is therefore kept as long as the key is.
 * </ul>
 */
final class ClaimProcessor implements Processor<byte[], byte[], String, Outgoing> {

    /** Most bytes of a release, nearly all of which is its checkpoint. */
    static final int MAX_CHECKPOINT_BYTES = 512 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ClaimProcessor.class);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final int MAX_SWEPT_AT_ONCE = 10_000;

    private final AvroWire wire;
    private final Duration held;
    private final Commits.WorkOfThreads threads;

    private ProcessorContext<String, Outgoing> context;
    private Commits commits;
    private KeyValueStore<String, Holder> claims;
    private KeyValueStore<String, byte[]> releases;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    ClaimProcessor(AvroWire wire, Duration held, Commits.WorkOfThreads threads) {
        this.wire = wire;
        this.held = held;
        this.threads = threads;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        this.context = context;
        commits = new Commits(context, threads);
        claims = context.getStateStore(Stores.CLAIMS);
        releases = context.getStateStore(Stores.RELEASES);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        commits.worked();
        try {
            Claim claim = wire.decode(record.value(), Claim.class);
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (claim.getRelease() == null) {
                claim(key, claim);
            } else {
                release(key, claim, record.value());
            }
        } catch (UndecodableException e) {
            LOG.warn("a claim was dropped: {}", e.code().wireName());
        }
    }

    private void claim(String key, Claim claim) {
        long nowMs = context.currentSystemTimeMs();
        String requestId = claim.getRequestId();
        Holder holder = holder(key, nowMs);
        if (holder == null || holder.passesTo(requestId)) {
            if (holder == null) {
                releases.delete(key);
            }
            holder = new Holder(requestId, nowMs + held.toMillis(), false);
            claims.put(key, holder);
        }
        boolean granted = holder.requestId().equals(requestId);
        answer(
                claim,
                new ClaimAnswered(
                        granted,
                        granted ? null : holder.requestId(),
                        granted ? checkpoint(key, requestId) : null),
                nowMs);
    }

    private void release(String key, Claim claim, byte[] bytes) {
        Holder holder = holder(key, context.currentSystemTimeMs());
        if (holder == null || !holder.requestId().equals(claim.getRequestId())) {
            return;
        }
        if (bytes.length > MAX_CHECKPOINT_BYTES) {
            LOG.warn("a checkpoint of {} was dropped: it is too large", claim.getRequestId());
            return;
        }
        releases.put(key, bytes);
        claims.put(key, new Holder(holder.requestId(), holder.untilMs(), true));
    }

    /** Who has the key now. */
    private @Nullable Holder holder(String key, long nowMs) {
        Holder holder = claims.get(key);
        return holder != null && holder.untilMs() > nowMs ? holder : null;
    }

    /** What an earlier request left for this one; it does not get back what it left itself. */
    private @Nullable Checkpoint checkpoint(String key, String requestId) {
        byte[] release = releases.get(key);
        if (release == null) {
            return null;
        }
        try {
            Claim left = wire.decode(release, Claim.class);
            return left.getRequestId().equals(requestId) ? null : left.getRelease();
        } catch (UndecodableException e) {
            LOG.warn("a checkpoint for {} was dropped: {}", requestId, e.code().wireName());
            return null;
        }
    }

    private void answer(Claim claim, ClaimAnswered answer, long nowMs) {
        var event = new InferenceEvent(claim.getRequestId(), nowMs, answer);
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
        for (String key : over) {
            claims.delete(key);
            releases.delete(key);
        }
    }

    /**
     * Who has a key.
     *
     * @param untilMs when the key is free again
     * @param released whether the next request to claim it gets it before that
     */
    record Holder(String requestId, long untilMs, boolean released) {

        /** Whether this request takes the key over; the one that gave it back does not. */
        boolean passesTo(String claimant) {
            return released && !requestId.equals(claimant);
        }
    }
}
