package dev.brigade.acceptance.worker;

import dev.brigade.acceptance.system.Program;
import dev.brigade.config.ModelsConfig;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.Job;
import dev.brigade.schema.Message;
import dev.brigade.schema.Priority;
import dev.brigade.schema.Sampling;
import dev.brigade.worker.Worker;
import dev.brigade.worker.WorkerSettings;
import dev.brigade.worker.WorkerTools;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.images.ImageSettings;
import dev.brigade.worker.pool.Backends;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.pool.PoolSettings;
import dev.brigade.worker.slots.SlotSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A worker in this process, with deterministic models of 100 tokens a second, and a producer in the
 * dispatcher's place.
 */
final class WorkerWithoutDispatcher implements AutoCloseable {

    static final int PARTITIONS = 3;

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private final String bootstrapServers;
    private final Path models;
    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, Integer> healthPorts = new ConcurrentHashMap<>();

    WorkerWithoutDispatcher(String bootstrapServers, Path models) {
        this.bootstrapServers = bootstrapServers;
        this.models = models;
        this.producer = producer(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** A producer with further properties. */
    static KafkaProducer<String, byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Puts a model file where the worker looks. */
    void place(String model) {
        place(model, "tokens_per_second: 100");
    }

    /** Puts a model file with these properties where the worker looks. */
    void place(String model, String properties) {
        write(models.resolve(model), "#deterministic-model\n" + properties + "\n");
    }

    /** Starts a worker for one model, which generates texts in two slots. */
    Worker start(String workerId, String model) {
        return start(workerId, model, "slots: 2");
    }

    /** Starts a worker for one model with these properties of {@code models.yaml}. */
    Worker start(String workerId, String model, String properties) {
        Worker worker =
                new Worker(
                        settings(workerId, model, properties),
                        new WorkerTools(
                                Backends.installed(),
                                wire,
                                Clock.systemUTC(),
                                new SimpleMeterRegistry(),
                                PayloadStores.none()));
        worker.start();
        return worker;
    }

    /** A worker for one model as a process of its own. */
    Program process(String workerId, String model, String properties) {
        Path config = models.resolve("config-" + workerId);
        write(config.resolve("models.yaml"), yaml(model, properties));
        int port = freePort();
        healthPorts.put(workerId, port);
        return new Program(
                workerId,
                Path.of(System.getProperty("brigade.root", "../.."))
                        .resolve("worker/app/target/worker-app.jar"),
                Map.of(
                        "INFERENCE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                        "INFERENCE_CONFIG_DIR", config.toString(),
                        "INFERENCE_MODELS_DIR", models.toString(),
                        "BRIGADE_PARTITIONS", Integer.toString(PARTITIONS),
                        "BRIGADE_WORKER_ID", workerId,
                        "BRIGADE_HEALTH_PORT", Integer.toString(port)),
                URI.create("http://127.0.0.1:%d/health/ready".formatted(port)),
                models.resolve(workerId + ".log"));
    }

    /** What a worker of a process of its own counts, as Prometheus reads it. */
    String metrics(String workerId) {
        URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(healthPorts.get(workerId)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(Job job) {
        send(Topics.model(job.getModel()), job.getRequestId(), wire.encode(job));
    }

    void command(Object command) {
        String id = UUID.randomUUID().toString();
        send(
                Topics.CONTROL,
                id,
                wire.encode(new ControlCommand(id, null, System.currentTimeMillis(), command)));
    }

    void send(String topic, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    byte[] encode(Job job) {
        return wire.encode(job);
    }

    static Job.Builder job(String model, String requestId, int tokens) {
        return Job.newBuilder()
                .setJobId(requestId + "/answer/1")
                .setRequestId(requestId)
                .setStage("answer")
                .setDispatch(1)
                .setModel(model)
                .setTenant("tenant")
                .setPriority(Priority.NORMAL)
                .setInput(new ChatInput(List.of(new Message("user", "hello", null))))
                .setSampling(Sampling.newBuilder().setMaxTokens(tokens).build())
                .setDeadlineAt(System.currentTimeMillis() + 60_000)
                .setBudgetMs(60_000)
                .setHomePartition(1)
                .setReplyPartition(2)
                .setStream(true);
    }

    @Override
    public void close() {
        producer.close();
    }

    private static String yaml(String model, String properties) {
        return """
        models:
          - id: %s
            backend: deterministic
            path: %s
            roles: [primary]
            context_length: 4096
        """
                        .formatted(model, model)
                + properties.indent(4);
    }

    private WorkerSettings settings(String workerId, String model, String properties) {
        var config = ModelsConfig.parse(yaml(model, properties), "test").models().getFirst();
        ModelSpec spec =
                new ModelSpec(
                        model,
                        config.file(models),
                        4096,
                        config.slots(),
                        0,
                        0,
                        config.roles(),
                        Optional.empty(),
                        Optional.empty(),
                        config.options());
        return new WorkerSettings(
                workerId,
                "localhost",
                Map.of("bootstrap.servers", bootstrapServers),
                PARTITIONS,
                List.of(new HostedModel(config, spec)),
                Set.of(model),
                new SlotSettings(
                        Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofSeconds(15), 2),
                new PoolSettings(1_000, 1, Duration.ofSeconds(5), Duration.ofMillis(200)),
                ImageSettings.defaults(),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                Duration.ofSeconds(30));
    }
}
