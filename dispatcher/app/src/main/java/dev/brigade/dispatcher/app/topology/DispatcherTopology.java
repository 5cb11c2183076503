package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.fleet.FleetView;
import dev.brigade.dispatcher.app.fleet.HeardSerde;
import dev.brigade.dispatcher.app.fleet.TableProcessor;
import dev.brigade.dispatcher.app.meters.DispatcherMeters;
import dev.brigade.dispatcher.saga.RequestMachine;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Three processors that meet only in topics: requests (by request), the scheduler (by model) and
 * claims (by idempotency key). Each sends its records through one sink of its own, which takes
 * topic and partition from the record.
 */
public final class DispatcherTopology {

    private static final Deserializer<byte[]> BYTES = Serdes.ByteArray().deserializer();
    private static final Serializer<Outgoing> VALUES =
            (topic, outgoing) -> outgoing == null ? null : outgoing.value();

    private final AvroWire wire;
    private final RequestMachine machine;
    private final ForeignTopics foreignTopics;
    private final Settings settings;
    private final DispatcherMeters meters;
    private final Commits.WorkOfThreads threads = new Commits.WorkOfThreads();

    public DispatcherTopology(
            AvroWire wire,
            RequestMachine machine,
            ForeignTopics foreignTopics,
            Settings settings,
            DispatcherMeters meters) {
        this.wire = wire;
        this.machine = machine;
        this.foreignTopics = foreignTopics;
        this.settings = settings;
        this.meters = meters;
    }

    /** The whole application. */
    public Topology build() {
        Topology topology = new Topology();
        globalTable(topology, FleetView.WORKERS, Topics.WORKERS);
        globalTable(topology, FleetView.MODELS, Topics.MODELS);
        requests(topology);
        scheduler(topology);
        claims(topology);
        return topology;
    }

    private void requests(Topology topology) {
        topology.addSource("requests", BYTES, BYTES, Topics.REQUESTS_PATTERN);
        topology.addSource("events", BYTES, BYTES, Topics.EVENTS);
        topology.addProcessor("request", this::requestProcessor, "requests", "events");
        topology.addStateStore(Stores.lifecycles(), "request");
        topology.addStateStore(Stores.parts(), "request");
        topology.addStateStore(Stores.accepted(), "request");
        topology.addStateStore(Stores.timers(), "request");
        sink(topology, "request-out", "request");
    }

    private void scheduler(Topology topology) {
        ProcessorSupplier<byte[], byte[], String, Outgoing> processor =
                () -> new SchedulerProcessor(wire, settings::queueLimits, meters, threads);
        topology.addSource("queue-events", BYTES, BYTES, Topics.QUEUE);
        topology.addProcessor("scheduler", processor, "queue-events");
        topology.addStateStore(Stores.queue(wire), "scheduler");
        topology.addStateStore(Stores.queueModels(), "scheduler");
        sink(topology, "scheduler-out", "scheduler");
    }

    private void claims(Topology topology) {
        ProcessorSupplier<byte[], byte[], String, Outgoing> processor =
                () -> new ClaimProcessor(wire, settings.idempotencyWindow(), threads);
        topology.addSource("claim-events", BYTES, BYTES, Topics.CLAIMS);
        topology.addProcessor("claim", processor, "claim-events");
        topology.addStateStore(Stores.claims(), "claim");
        topology.addStateStore(Stores.releases(), "claim");
        sink(topology, "claim-out", "claim");
    }

    private RequestProcessor requestProcessor() {
        ReplyTopics replyTopics = new ReplyTopics(foreignTopics, settings.partitions());
        Intake intake =
                new Intake(
                        wire,
                        replyTopics,
                        settings.partitions(),
                        settings.defaultDeadline().toMillis(),
                        settings.batchDeadline().toMillis());
        return new RequestProcessor(
                machine,
                wire,
                intake,
                new CommandRecords(wire, replyTopics, new ParticipantTopics(foreignTopics)),
                new FleetView(wire),
                settings.keptBytes(),
                meters,
                threads);
    }

    private static void sink(Topology topology, String name, String parent) {
        StreamPartitioner<String, Outgoing> partitioner =
                (topic, key, outgoing, partitions) ->
                        outgoing.partition().isPresent()
                                ? Optional.of(Set.of(outgoing.partition().getAsInt()))
                                : Optional.empty();
        topology.addSink(
                name,
                (key, outgoing, context) -> outgoing.topic(),
                new StringSerializer(),
                VALUES,
                partitioner,
                parent);
    }

    private static void globalTable(Topology topology, String name, String topic) {
        topology.addGlobalStore(
                org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                                org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(name),
                                Serdes.String(),
                                new HeardSerde())
                        .withLoggingDisabled(),
                name + "-source",
                new StringDeserializer(),
                BYTES,
                topic,
                name + "-table",
                () -> new TableProcessor(name));
    }

    /**
     * What the processors need to know.
     *
     * @param partitions of requests, events, tokens and replies
     * @param defaultDeadline time allowed to a request that names none
     * @param batchDeadline time allowed to a batch of images that names none
     * @param idempotencyWindow how long a key belongs to its first request
     * @param queueLimits of every model's queue, but for the jobs let out beyond the slots
     * @param prefetch jobs let out beyond the slots, by model; 0 for one that is not there
     * @param keptBytes of open states in memory, per partition; what is not kept is read from the
     *     stores
     */
    public record Settings(
            int partitions,
            Duration defaultDeadline,
            Duration batchDeadline,
            Duration idempotencyWindow,
            QueueLimits queueLimits,
            Map<String, Integer> prefetch,
            long keptBytes) {

        public Settings {
            prefetch = Map.copyOf(prefetch);
        }

        /** Bounds of one model's queue. */
        QueueLimits queueLimits(String model) {
            return new QueueLimits(
                    queueLimits.maxWaiting(),
                    prefetch.getOrDefault(model, 0),
                    queueLimits.agingMs(),
                    queueLimits.maxHighRun());
        }
    }
}
