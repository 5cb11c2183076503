package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.PresetsConfig;
import dev.brigade.config.PromptsConfig;
import dev.brigade.config.RoutingConfig;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.meters.DispatcherMeters;
import dev.brigade.dispatcher.planning.Planner;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingPolicy;
import dev.brigade.dispatcher.saga.Limits;
import dev.brigade.dispatcher.saga.RequestMachine;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.Price;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.SlotsChanged;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher's processors with their stores, without a broker. It can be stopped and started
 * again on the state that it left.
 */
final class TestDispatcher implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** The topic that the preset {@code effects} names. */
    static final String EFFECTS = "test.effects";

    private static final Path CONFIG = Path.of("../../config");
    private static final List<String> OF_TEXT = List.of("chat", "completion", "json_schema");
    private static final long HOUR_MS = 3_600_000;
    private static final String PRESETS =
            """
            presets:
              D1:
                description: drafted by one model, validated by another
                mode: pipeline
                stages:
                  - draft: m3
                  - validate: m1
              effects:
                description: a pipeline with effects outside
                mode: pipeline
                compensation_topic: test.effects
                stages:
                  - draft: m3
                  - refine: m2
                  - validate: m1
            """;

    /** It holds no state, and reading its configuration takes longer than most tests. */
    private static final RequestMachine MACHINE = machine();

    final AvroWire wire = new AvroWire(BuiltInSchemas.instance());

    /** Topics that others made, and how large their records may be. */
    final Map<String, Integer> foreignTopics = new TreeMap<>(Map.of(EFFECTS, 1 << 20));

    final MeterRegistry meters = new SimpleMeterRegistry();

    private final DispatcherMeters counts = new DispatcherMeters(meters);

    /** Jobs that are let out beyond the slots, by model. */
    final Map<String, Integer> prefetch = new TreeMap<>();

    private final Map<String, String> models = new TreeMap<>();
    private final int slots;
    private final Path disk;
    private Instant now = START;
    private TopologyTestDriver driver;
    private int lives;

    /**
     * A dispatcher and workers of some models.
     *
     * @param slots of each model
     * @param models id, role and, of other than text models, capability, such as {@code m1:primary}
     *     or {@code v1:vision:classify}
     */
    TestDispatcher(Path disk, int slots, String... models) {
        this.disk = disk;
        this.slots = slots;
        for (String model : models) {
            this.models.put(model.split(":")[0], model.substring(model.indexOf(':') + 1));
        }
        driver = started();
        this.models
                .keySet()
                .forEach(model ->
                        send(
                                Topics.QUEUE,
                                model,
                                new QueueEvent(
                                        model,
                                        new SlotsChanged("worker-" + model, slots, HOUR_MS))));
    }

    /** Ends the process, and starts another on what it left on disk. */
    void restart() {
        restart(Duration.ZERO);
    }

    /** Ends it, and starts it again this much later. */
    void restart(Duration away) {
        driver.close();
        now = now.plus(away);
        driver = started();
    }

    void send(String topic, String key, SpecificRecord value) {
        raw(topic, key, wire.encode(value));
    }

    void raw(String topic, @Nullable String key, byte[] value) {
        raw(topic, key, value, new RecordHeaders());
    }

    void raw(String topic, @Nullable String key, byte[] value, Headers headers) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, now));
    }

    void advance(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** What was written to a topic since it was last asked for. */
    List<TestRecord<String, byte[]>> records(String topic) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    <T extends SpecificRecord> List<T> all(String topic, Class<T> kind) {
        return records(topic).stream().map(record -> decoded(record.value(), kind)).toList();
    }

    <T extends SpecificRecord> T only(String topic, Class<T> kind) {
        List<T> records = all(topic, kind);
        assertThat(records).as("records of %s", topic).hasSize(1);
        return records.getFirst();
    }

    <T extends SpecificRecord> T decoded(byte[] value, Class<T> kind) {
        try {
            return wire.decode(value, kind);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    static String text(TestRecord<String, byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    Set<String> models() {
        return models.keySet();
    }

    /** Topics that were written to, but for the stores' own. */
    List<String> outputTopics() {
        return driver.producedTopicNames().stream()
                .filter(topic -> !topic.endsWith("-changelog"))
                .sorted()
                .toList();
    }

    TopologyTestDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
    }

    private TopologyTestDriver started() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, newStateDir().toString());
        var topology =
                new DispatcherTopology(
                        wire,
                        MACHINE,
                        this::facts,
                        new DispatcherTopology.Settings(
                                1,
                                Duration.ofMinutes(2),
                                Duration.ofHours(24),
                                Duration.ofHours(24),
                                QueueLimits.DEFAULTS,
                                prefetch,
                                4 << 20),
                        counts);
        driver = new TopologyTestDriver(topology.build(), properties, now);
        models.forEach(this::describe);
        return driver;
    }

    private ForeignTopics.Facts facts(String topic) {
        Integer maxBytes = foreignTopics.get(topic);
        return maxBytes == null ? ForeignTopics.Facts.NONE : new ForeignTopics.Facts(1, maxBytes);
    }

    private static RequestMachine machine() {
        var router =
                new Router(
                        RoutingConfig.read(CONFIG.resolve("routing.yaml")),
                        RoutingPolicy.leastBusy());
        return new RequestMachine(
                new Planner(
                        router,
                        OrchestrationConfig.read(CONFIG.resolve("orchestration.yaml"), Map.of()),
                        PresetsConfig.parse(PRESETS, "presets")),
                PromptsConfig.read(CONFIG.resolve("prompts")),
                Limits.DEFAULTS);
    }

    private void describe(String model, String kind) {
        List<String> capabilities = List.of(kind.split(":")).subList(1, kind.split(":").length);
        send(
                Topics.MODELS,
                model,
                ModelDescription.newBuilder()
                        .setModel(model)
                        .setBackend("llama")
                        .setRoles(List.of(kind.split(":")[0]))
                        .setCapabilities(capabilities.isEmpty() ? OF_TEXT : capabilities)
                        .setContextLength(8192)
                        .setMemoryMb(1)
                        .setCreatedAt(0)
                        .setPrice(new Price(1.0, 2.0))
                        .build());
        send(
                Topics.WORKERS,
                "worker-" + model,
                new WorkerStatus(
                        "worker-" + model,
                        "host",
                        0L,
                        0L,
                        24 * HOUR_MS,
                        List.of(
                                new WorkerModel(
                                        model, ModelState.READY, null, slots, 0, 100, null)),
                        1L,
                        1L,
                        null));
    }

    /** A driver deletes its folder when it is closed, but not what a link in it leads to. */
    private Path newStateDir() {
        try {
            Path dir = disk.resolve("life-" + ++lives);
            Files.createDirectories(disk.resolve("rocksdb"));
            Files.createDirectories(dir.resolve("test/0_0"));
            Files.createSymbolicLink(dir.resolve("test/0_0/rocksdb"), disk.resolve("rocksdb"));
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
