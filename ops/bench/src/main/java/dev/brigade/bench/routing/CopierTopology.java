package dev.brigade.bench.routing;

import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.contract.topic.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** What a copier reads and writes; partitioned as the dispatcher's topics are. */
final class CopierTopology {

    private static final String BETWEEN = "bench.copy-between";

    private CopierTopology() {}

    /** Where a copier reads. Each has its own topics, since each reads all that it has not seen. */
    static String in(int hops) {
        return "bench.copy-in-" + hops;
    }

    /** Where it writes in the end. */
    static String out(int hops) {
        return "bench.copy-out-" + hops;
    }

    static List<Topic> topics() {
        return List.of(
                new Topic(in(1), BenchSystem.PARTITIONS, Map.of()),
                new Topic(out(1), 1, Map.of()),
                new Topic(in(2), BenchSystem.PARTITIONS, Map.of()),
                new Topic(BETWEEN, BenchSystem.PARTITIONS, Map.of()),
                new Topic(out(2), 1, Map.of()));
    }

    static Topology of(int hops) {
        Topology topology = new Topology();
        switch (hops) {
            case 1 -> topology.addSource("in", in(1)).addSink("out", out(1), "in");
            case 2 -> {
                hop(topology, 1, in(2), BETWEEN);
                hop(topology, 2, BETWEEN, out(2));
            }
            default -> throw new IllegalArgumentException("a copier has 1 or 2 hops, not " + hops);
        }
        return topology;
    }

    private static void hop(Topology topology, int number, String from, String to) {
        String source = "from-" + number;
        String keeper = "keep-" + number;
        String store = "store-" + number;
        topology.addSource(source, from);
        topology.addProcessor(keeper, () -> new Keeper(store), source);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(store),
                        Serdes.ByteArray(),
                        Serdes.ByteArray()),
                keeper);
        topology.addSink("to-" + number, to, keeper);
    }

    /** Puts each record into a store and passes it on. */
    private static final class Keeper implements Processor<byte[], byte[], byte[], byte[]> {

        private final String name;
        private @Nullable ProcessorContext<byte[], byte[]> context;
        private @Nullable KeyValueStore<byte[], byte[]> store;

        Keeper(String name) {
            this.name = name;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            this.context = context;
            this.store = context.getStateStore(name);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            if (context == null || store == null) {
                throw new IllegalStateException("a record before init");
            }
            store.put(record.key(), record.value());
            context.forward(record);
        }
    }
}
