package dev.brigade.acceptance.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.brigade.acceptance.spine.CollectingListener;
import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestModels;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.Answer;
import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchImage;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClassifyAnswer;
import dev.brigade.client.ClassifyRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.EmbeddingAnswer;
import dev.brigade.client.EmbeddingRequest;
import dev.brigade.client.ImageBatchRequest;
import dev.brigade.client.RerankRequest;
import dev.brigade.client.StreamHandle;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A worker whose models are elsewhere: those called far- are the ones beside them, behind Brigade's
 * own REST adapter, so that every request travels through the whole system twice; eyes is a
 * vision-language model.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RemoteModelTest {

    private static final String STORY = "Grüße aus der Küche 🍳, zweimal durch das Protokoll.";
    private static final String MODELS =
            """
              - {id: teller, backend: deterministic, path: teller.model, roles: [primary], context_length: 4096}
              - {id: endless, backend: deterministic, path: endless.model, roles: [fast], context_length: 16384}
              - {id: vectors, backend: deterministic, path: vectors.model, roles: [embedding], context_length: 4096, capabilities: [embedding]}
              - {id: far-teller, backend: remote, roles: [coder], context_length: 4096, remote: {url: "%1$s/v1", model: teller}}
              - {id: far-endless, backend: remote, roles: [thinker], context_length: 16384, remote: {url: "%1$s/v1", model: endless}}
              - id: far-vectors
                backend: remote
                roles: [far]
                context_length: 4096
                capabilities: [embedding, rerank]
                remote: {url: "%1$s/v1", model: vectors}
              - id: eyes
                backend: remote
                roles: [vision]
                context_length: 2048
                slots: 3
                capabilities: [classify, image_input]
                classify: {labels: [technical, discard], max_tokens: 24}
                remote: {url: "%2$s", model: %3$s, api_key_variable: EYES_KEY}
            """;

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());
    private final Opened opened = new Opened();
    private BrokerProcess broker;
    private PictureServer pictures;
    private TestSystem system;
    private BrigadeClient client;

    @BeforeAll
    void start() throws IOException {
        Path folder = TestFolder.empty("remote");
        broker = opened.add(BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka"))));
        pictures = opened.add(new PictureServer());
        system =
                opened.add(
                        TestSystem.on(broker.bootstrapServers(), folder, new TestModels())
                                .with("EYES_KEY", PictureServer.KEY));
        model(folder, "teller", "replies:\n  - say: '" + STORY + "'\n");
        model(folder, "endless", "tokens_per_second: 50\n");
        model(folder, "vectors", "task: embedding\ndimensions: 3\nreplies:\n" + vectors());
        Files.writeString(
                folder.resolve("config/models.yaml"),
                MODELS.formatted(system.restUrl(), pictures.url(), PictureServer.MODEL),
                StandardOpenOption.APPEND);
        system.startAll();
        client = opened.add(BrigadeClient.open(ClientSettings.of(broker.bootstrapServers())));
    }

    private static void model(Path folder, String name, String text) throws IOException {
        Files.writeString(
                folder.resolve("models").resolve(name + ".model"), "#deterministic-model\n" + text);
    }

    private static String vectors() {
        return """
          - {when: north, say: "0 1 0"}
          - {when: south, say: "0 -1 0"}
        """;
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void aChatIsStreamedThroughBothSystems() throws Exception {
        CollectingListener listener = new CollectingListener();

        Answer answer =
                client.stream(chat("far-teller").build(), listener)
                        .answer()
                        .get(90, TimeUnit.SECONDS);

        assertThat(answer.text()).isEqualTo(STORY);
        assertThat(listener.text()).isEqualTo(STORY);
        assertThat(answer.model()).isEqualTo("far-teller");
        Answer near = client.chat(chat("teller").build());
        assertThat(answer.reply().getUsage().getCompletionTokens())
                .isEqualTo(near.reply().getUsage().getCompletionTokens());
    }

    @Test
    void aCancelPassesThrough() throws Exception {
        CollectingListener listener = new CollectingListener();
        StreamHandle far = client.stream(chat("far-endless").maxTokens(15_000).build(), listener);
        listener.awaitText();

        far.cancel().get(10, TimeUnit.SECONDS);

        try (RecordLog log = new RecordLog(system.bootstrapServers())) {
            assertThat(log.awaitReply(far.requestId()).getStatus())
                    .isEqualTo(ReplyStatus.CANCELLED);
            log.awaitRecord(
                    Topics.REPLIES,
                    record ->
                            !far.requestId().equals(record.key())
                                    && reply(record.value()).getStatus() == ReplyStatus.CANCELLED);
        }
    }

    @Test
    void aRefusalPassesThroughByItsName() {
        ChatRequest tooLong =
                ChatRequest.builder().model("far-teller").user("word ".repeat(4_090)).build();
        ChatRequest withinOurGuess =
                ChatRequest.builder().model("far-teller").user("a ".repeat(5_000)).build();

        for (ChatRequest request : List.of(tooLong, withinOurGuess)) {
            BrigadeException refused =
                    catchThrowableOfType(BrigadeException.class, () -> client.chat(request));
            assertThat(refused.code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        }
    }

    @Test
    void textsAreEmbeddedAndRankedThroughBothSystems() {
        EmbeddingAnswer answer =
                client.embed(
                        EmbeddingRequest.builder()
                                .model("far-vectors")
                                .text("going south")
                                .text("going north")
                                .build());

        assertThat(answer.vectors()).containsExactly(new float[] {0, -1, 0}, new float[] {0, 1, 0});
        assertThat(answer.promptTokens()).isEqualTo(4);
        List<Double> scores =
                client.rerank(
                                RerankRequest.builder("north")
                                        .model("far-vectors")
                                        .documents(List.of("south", "north"))
                                        .build())
                        .scores();
        assertThat(scores.get(1)).isGreaterThan(scores.get(0));
    }

    @Test
    void aVisionLanguageModelClassifiesABatch() throws Exception {
        List<ImageResult> results = new CopyOnWriteArrayList<>();
        List<BatchImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            images.add(BatchImage.bytes("p" + i, picture(40 + i, 30, i % 2 == 0)));
        }
        images.add(BatchImage.bytes("vast", picture(2_000, 500, true)));
        images.add(BatchImage.bytes("text", new byte[] {1, 2, 3}));
        images.add(BatchImage.bytes("odd", picture(77, 30, Color.GRAY)));

        BatchAnswer answer =
                client.classifyBatch(
                                ImageBatchRequest.builder()
                                        .model("eyes")
                                        .prompt("Is this technical?")
                                        .maxTokens(9)
                                        .images(images)
                                        .build(),
                                new BatchListener() {
                                    @Override
                                    public void onResults(List<ImageResult> more) {
                                        results.addAll(more);
                                    }
                                })
                        .answer()
                        .get(90, TimeUnit.SECONDS);

        assertThat(answer.summary().getTotal()).isEqualTo(13);
        assertThat(answer.summary().getFailed()).isEqualTo(2);
        results.sort(Comparator.comparingInt(ImageResult::getIndex));
        assertThat(results).hasSize(13);
        for (int i = 0; i < 11; i++) {
            String raw = i % 2 == 0 ? "Technical." : "No. Discard!";
            assertThat(results.get(i).getClassification().getRawResponse()).isEqualTo(raw);
            assertThat(results.get(i).getClassification().getLabel())
                    .isEqualTo(i % 2 == 0 ? "technical" : "discard");
        }
        assertThat(results.get(11).getError().getCode()).isEqualTo("not_an_image");
        assertThat(results.get(12).getError().getCode()).isEqualTo("unclassifiable_answer");
        assertThat(pictures.seen())
                .contains(
                        new PictureServer.Seen(44, 30, "image/png", "Is this technical?", 9),
                        new PictureServer.Seen(1_024, 256, "image/png", "Is this technical?", 9));
    }

    @Test
    void oneImageIsClassifiedWithTheConfiguredTokens() throws IOException {
        ClassifyAnswer answer =
                client.classify(
                        ClassifyRequest.builder()
                                .model("eyes")
                                .image(picture(51, 31, true))
                                .build());

        assertThat(answer.label()).isEqualTo("technical");
        assertThat(answer.rawResponse()).contains("Technical.");
        assertThat(answer.promptTokens()).isEqualTo(700);
        assertThat(answer.completionTokens()).isEqualTo(3);
        assertThat(pictures.seen())
                .anySatisfy(seen -> {
                    assertThat(seen.width()).isEqualTo(51);
                    assertThat(seen.maxTokens()).isEqualTo(24);
                    assertThat(seen.question()).contains("technical", "discard");
                });
        assertThat(system.worker("worker-1").output()).doesNotContain(PictureServer.KEY);
    }

    private static ChatRequest.Builder chat(String model) {
        return ChatRequest.builder().model(model).user("tell");
    }

    private Reply reply(byte[] value) {
        try {
            return wire.decode(value, Reply.class);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] picture(int width, int height, boolean light) throws IOException {
        return picture(width, height, light ? Color.WHITE : Color.BLACK);
    }

    private static byte[] picture(int width, int height, Color colour) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
