package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.dispatcher.scheduling.ModelState;
import dev.brigade.dispatcher.scheduling.QueueEntry;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The application's state stores: on disk, and logged to compacted topics. */
final class Stores {

    /** Request id to where it stands, without what {@link #PARTS} and {@link #ACCEPTED} hold. */
    static final String LIFECYCLES = "lifecycles";

    /** Request id and name to a part of an open request's state. */
    static final String PARTS = "lifecycle-parts";

    /** Request id to an open request as it came. */
    static final String ACCEPTED = "accepted";

    /** Time and request id, in order of time. */
    static final String TIMERS = "timers";

    /** Model and job id to the job's place. */
    static final String QUEUE = "queue";

    /** Model id to its workers and turns. */
    static final String QUEUE_MODELS = "queue-models";

    /** Tenant and idempotency key to the request that has it. */
    static final String CLAIMS = "claims";

    /** Tenant and idempotency key to what was left by the request that gave it back. */
    static final String RELEASES = "releases";

    /** Most bytes of one change; Kafka's default of 1 MB is less than a request may have. */
    private static final String MAX_CHANGE_BYTES = Integer.toString(8 << 20);

    private Stores() {}

    static StoreBuilder<KeyValueStore<String, byte[]>> lifecycles() {
        return stored(LIFECYCLES, Serdes.String(), Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> parts() {
        return stored(PARTS, Serdes.String(), Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<String, Accepted>> accepted() {
        return stored(ACCEPTED, Serdes.String(), new Accepted.Bytes());
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> timers() {
        return stored(TIMERS, Serdes.ByteArray(), Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<String, QueueEntry>> queue(AvroWire wire) {
        return stored(QUEUE, Serdes.String(), new QueueEntrySerde(wire));
    }

    static StoreBuilder<KeyValueStore<String, ModelState>> queueModels() {
        // One key for each model, written at every event: the cache makes it once for each commit.
        return stored(QUEUE_MODELS, Serdes.String(), new JsonSerde<>(ModelState.class))
                .withCachingEnabled();
    }

    static StoreBuilder<KeyValueStore<String, ClaimProcessor.Holder>> claims() {
        return stored(CLAIMS, Serdes.String(), new JsonSerde<>(ClaimProcessor.Holder.class));
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> releases() {
        return stored(RELEASES, Serdes.String(), Serdes.ByteArray());
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> stored(
            String name, Serde<K> keys, Serde<V> values) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name),
                        keys,
                        values)
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MAX_CHANGE_BYTES));
    }
}
