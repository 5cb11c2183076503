package dev.brigade.dispatcher.app.topology;

import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.dispatcher.scheduling.ModelState;
import dev.brigade.dispatcher.scheduling.QueueEntry;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The application's state stores: on disk, and logged to compacted topics. */
final class Stores {

    /** Request id to where it stands. */
    static final String REQUESTS = "requests";

    /** Request id to the original record of an open request. */
    static final String ORIGINALS = "originals";

    /** Time and request id, in order of time. */
    static final String TIMERS = "timers";

    /** Model and job id to the job's place. */
    static final String QUEUE = "queue";

    /** Model id to its workers and turns. */
    static final String QUEUE_MODELS = "queue-models";

    /** Tenant and idempotency key to the request that has it. */
    static final String CLAIMS = "claims";

    private Stores() {}

    static StoreBuilder<KeyValueStore<String, Lifecycle>> requests() {
        return stored(REQUESTS, Serdes.String(), new JsonSerde<>(Lifecycle.class));
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> originals() {
        return stored(ORIGINALS, Serdes.String(), Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> timers() {
        return stored(TIMERS, Serdes.ByteArray(), Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<String, QueueEntry>> queue() {
        return stored(QUEUE, Serdes.String(), new JsonSerde<>(QueueEntry.class));
    }

    static StoreBuilder<KeyValueStore<String, ModelState>> queueModels() {
        return stored(QUEUE_MODELS, Serdes.String(), new JsonSerde<>(ModelState.class));
    }

    static StoreBuilder<KeyValueStore<String, ClaimProcessor.Holder>> claims() {
        return stored(CLAIMS, Serdes.String(), new JsonSerde<>(ClaimProcessor.Holder.class));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> stored(
            String name, Serde<K> keys, Serde<V> values) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name),
                        keys,
                        values)
                .withLoggingEnabled(Map.of());
    }
}
