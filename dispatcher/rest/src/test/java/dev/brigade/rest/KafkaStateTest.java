package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topics;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.ledger.TestingKafka;
import dev.brigade.schema.Classification;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.LoadModel;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What the adapter tells of a real broker's records; the test plays dispatcher and worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaStateTest {

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private KafkaProducer<byte[], byte[]> others;
    private TestServer server;

    @BeforeAll
    void start() {
        Map<String, Object> broker = Map.of("bootstrap.servers", TestingKafka.address());
        others = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
        ClientSettings settings = ClientSettings.builder(TestingKafka.address()).build();
        server =
                TestServer.withConnection(
                                new BrigadeConnection(
                                        () -> BrigadeClient.open(settings), Duration.ofMillis(100)))
                        .connected();
    }

    @AfterAll
    void stop() {
        server.close();
        others.close(Duration.ofSeconds(2));
    }

    @Test
    void aBatchWhoseProgressIsKeptNoLongerIsToldByItsResults() {
        String id =
                TestServer.json(
                                server.post(
                                        "/api/v1/vision/classify/batch",
                                        "{\"image_paths\":[\"a\",\"b\",\"c\"],\"async\":true}"))
                        .get("id")
                        .stringValue();
        String path = "/api/v1/vision/batches/" + id;
        assertThat(TestServer.json(server.get(path)).get("status").stringValue())
                .isEqualTo("queued");

        publish(Topics.RESULTS, id, part(id, 0, image(0, null)));
        publish(
                Topics.RESULTS,
                id,
                part(id, 1, image(2, new ReplyError("image_empty", "empty", null, false))));
        JsonNode batch = TestServer.json(server.get(path));
        assertThat(batch.get("status").stringValue()).isEqualTo("running");
        assertThat(batch.get("progress").toString())
                .isEqualTo(
                        """
                        {"done":1,"failed":1,"total":3,"images_per_second":0.0,"remaining_ms":null}\
                        """);
    }

    @Test
    void aModelIsLoadedByTheWorkerThatKnowsIt() throws Exception {
        publish(Topics.WORKERS, "w", worker(ModelState.UNLOADED, null));
        // Known once its heartbeat is read.
        await().until(() -> server.get("/health/ready").body().contains("no model is loaded"));
        CompletableFuture<Object> heard = CompletableFuture.supplyAsync(this::obeyOne);
        HttpResponse<String> response = server.post("/v1/models/m/load", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"m","status":"loaded","message":"loaded on 1 of 1 workers"}\
                        """);
        assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(new LoadModel("m"));
        assertThat(server.post("/v1/models/unknown/load", "").statusCode()).isEqualTo(404);
    }

    /** Waits for a command, and says that it was carried out. */
    private Object obeyOne() {
        try (KafkaConsumer<byte[], byte[]> worker =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", TestingKafka.address()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            worker.assign(List.of(new TopicPartition(Topics.CONTROL, 0)));
            worker.seekToBeginning(worker.assignment());
            ControlCommand command =
                    await().pollInSameThread()
                            .atMost(Duration.ofSeconds(20))
                            .until(() -> next(worker), one -> one != null);
            publish(Topics.WORKERS, "w", worker(ModelState.READY, command.getCommandId()));
            return command.getCommand();
        }
    }

    private @Nullable ControlCommand next(KafkaConsumer<byte[], byte[]> worker) throws Exception {
        for (ConsumerRecord<byte[], byte[]> one : worker.poll(Duration.ofMillis(100))) {
            return wire.decode(one.value(), ControlCommand.class);
        }
        return null;
    }

    /** There is one partition. */
    private void publish(String topic, String key, SpecificRecord value) {
        try {
            others.send(
                            new ProducerRecord<>(
                                    topic,
                                    key.getBytes(StandardCharsets.UTF_8),
                                    wire.encode(value)))
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ResultPart part(String id, int number, ImageResult image) {
        return ResultPart.newBuilder()
                .setRequestId(id)
                .setPart(number)
                .setModel("vision")
                .setItems(List.of(image))
                .setAt(1)
                .build();
    }

    private static ImageResult image(int index, @Nullable ReplyError error) {
        Classification shown =
                Classification.newBuilder()
                        .setLabel("technical")
                        .setConfidence(0.9)
                        .setScores(List.of())
                        .build();
        return ImageResult.newBuilder()
                .setIndex(index)
                .setClassification(error == null ? shown : null)
                .setError(error)
                .build();
    }

    private static WorkerStatus worker(ModelState state, @Nullable String lastOrder) {
        return WorkerStatus.newBuilder()
                .setWorkerId("w")
                .setHost("h")
                .setStartedAt(1)
                .setAt(2)
                .setTtlMs(60_000)
                .setModels(List.of(new WorkerModel("m", state, null, 1, 0, 0, null)))
                .setMemoryTotalMb(1)
                .setMemoryFreeMb(1)
                .setLastCommandId(lastOrder)
                .build();
    }
}
