package dev.brigade.acceptance.images;

import static dev.brigade.acceptance.images.RestCalls.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import dev.brigade.acceptance.images.BadImages.Bad;
import dev.brigade.acceptance.images.RestCalls.Answered;
import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestModels;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchImage;
import dev.brigade.client.BatchProgress;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ClassifyAnswer;
import dev.brigade.client.ClassifyRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.EmbeddingAnswer;
import dev.brigade.client.EmbeddingRequest;
import dev.brigade.client.ImageBatchRequest;
import dev.brigade.client.RerankRequest;
import dev.brigade.client.SubmitOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StoredPayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The same for every broker: images and vectors, with models whose answers are known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
abstract class ImagesSuite {

    private static final String CLASSIFY = "/api/v1/vision/classify";
    private static final String BATCH = CLASSIFY + "/batch";
    private static final String BATCHES = "/api/v1/vision/batches/";
    private static final List<String> TWO = List.of("a log", "a cat");
    private static final int SLOW_MS = 15;

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());

    private Path root;
    private PayloadStore payloads;
    private BadImages bad;
    private final Opened opened = new Opened();
    private TestSystem system;
    private BrigadeClient client;
    private RestCalls rest;
    private RecordLog log;

    /** Starts the broker, or finds it. */
    abstract String bootstrapServers(Path folder, Opened opened);

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty(getClass().getSimpleName());
        root = folder.resolve("images");
        String store = folder.resolve("payloads").toString();
        payloads = PayloadStores.open(store);
        bad = new BadImages(root, payloads);
        TestModels models =
                new TestModels()
                        .classifier("sorter", 0)
                        .classifier("slow", SLOW_MS)
                        .embedder("vectors", 1024);
        Pictures.numbered(root, "many", 40);
        system =
                opened.add(
                        TestSystem.on(bootstrapServers(folder, opened), folder, models)
                                .with("INFERENCE_PAYLOADS", store)
                                .with("INFERENCE_IMAGE_ROOTS", root.toString()));
        system.startAll();
        client =
                opened.add(
                        BrigadeClient.open(
                                ClientSettings.builder(system.bootstrapServers())
                                        .payloads(store)
                                        .build()));
        rest = new RestCalls(system.restUrl());
        log = opened.add(new RecordLog(system.bootstrapServers()));
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void anImageIsClassifiedByItsPathItsBytesOrFromThePayloadStore() {
        byte[] large = Pictures.noisy(600, 1);
        assertThat(large.length).isGreaterThan(512 << 10);
        StoredPayload stored = payloads.put(Pictures.dark(), "image/png");

        assertThat(label(classify().path("many/0000.png"))).isEqualTo("technical");
        assertThat(label(classify().path("many/0001.png"))).isEqualTo("discard");
        assertThat(label(classify().image(Pictures.dark()))).isEqualTo("discard");
        assertThat(label(classify().image(large))).isEqualTo("technical");
        assertThat(label(classify().stored(stored))).isEqualTo("discard");
    }

    @Test
    void anImageIsClassifiedOverRestByItsPathOrItsBase64() {
        Answered path = single("\"image_path\":\"many/0000.png\"");
        Answered base64 = single("\"image_base64\":" + base64(Pictures.dark()));
        Answered large = single("\"image_base64\":" + base64(Pictures.noisy(600, 2)));

        assertThat(path.json().path("classification").asString("")).isEqualTo("technical");
        assertThat(path.json().path("confidence").asDouble()).isEqualTo(0.9);
        assertThat(path.json().path("model_id").asString("")).isEqualTo("sorter");
        assertThat(base64.json().path("classification").asString("")).isEqualTo("discard");
        assertThat(large.json().path("classification").asString("")).isEqualTo("technical");
    }

    @Test
    void aBatchOfPathsHasEachResultOnceWithProgressAndSummary() throws Exception {
        CollectedResults collected = new CollectedResults();
        List<String> paths = paths("many", 40);

        BatchHandle batch = client.classifyBatch(batch("sorter").paths(paths).build(), collected);
        BatchSummary summary = batch.answer().get(90, TimeUnit.SECONDS).summary();

        assertThat(summary.getTotal()).isEqualTo(40);
        assertThat(summary.getDone()).isEqualTo(40);
        assertThat(summary.getLabels()).isEqualTo(Map.of("technical", 20L, "discard", 20L));
        assertThat(collected.results())
                .allSatisfy(each -> assertIsNumbered(each, paths.get(each.getIndex())));
        assertThat(collected.progress()).isNotEmpty();
        assertThat(collected.progress()).extracting(BatchProgress::done).isSorted().endsWith(40);
        BatchRecords.assertCompletedOnce(log, batch.requestId(), 40);
        List<ImageResult> again = new ArrayList<>();
        client.batchResults(batch.requestId(), again::add);
        assertThat(again).isEqualTo(collected.results());
    }

    @Test
    void aBatchIsNamedByAPatternAManifestOrImagesOfAllKinds() throws Exception {
        StoredPayload stored = payloads.put(Pictures.dark(), "image/png");
        String lines =
                """
                {"path":"many/0000.png"}
                {"image_base64":%s,"name":"mine"}
                {"stored":{"digest":"%s","bytes":%d,"media_type":"image/png"}}
                """
                        .formatted(base64(Pictures.dark()), stored.getDigest(), stored.getBytes());
        StoredPayload manifest =
                payloads.put(lines.getBytes(StandardCharsets.UTF_8), "application/jsonl");

        assertThat(labels(batch("sorter").glob("many/000[0-9].png")))
                .isEqualTo(IntStream.range(0, 10).mapToObj(Pictures::labelOf).toList());
        assertThat(labels(batch("sorter").manifest(manifest)))
                .containsExactly("technical", "discard", "discard");
        assertThat(
                        labels(
                                batch("sorter")
                                        .images(
                                                List.of(
                                                        BatchImage.path("many/0000.png"),
                                                        BatchImage.bytes("mine", Pictures.dark()),
                                                        BatchImage.stored("his", stored),
                                                        BatchImage.bytes(
                                                                "large", Pictures.noisy(600, 3))))))
                .containsExactly("technical", "discard", "discard", "technical");
    }

    @Test
    void aBatchOverRestIsAnsweredWholeStreamedOrFetchedAsLinesAndTables() {
        String images =
                """
                {"model":"sorter","images":[{"image_path":"many/0000.png"},
                 {"image_base64":%s,"name":"=mine"},{"image_path":"many/none.png"}]%s}
                """;
        String three = images.formatted(base64(Pictures.dark()), "%s");

        Answered whole = rest.post(BATCH, three.formatted(""));
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.json().path("successful").asInt()).isEqualTo(2);
        assertThat(texts(whole.json().path("results"), "classification"))
                .containsExactly("technical", "discard", "");
        assertThat(whole.json().at("/results/2/error/code").asString(""))
                .isEqualTo("image_not_found");

        Answered streamed = rest.post(BATCH, three.formatted(",\"stream\":true"));
        assertThat(streamed.body())
                .contains("event: progress", "event: results", "event: summary")
                .endsWith("data: [DONE]\n\n");
        assertThat(rest.get(BATCHES + streamed.requestId() + "/stream").body())
                .contains("event: results", "event: summary")
                .endsWith("data: [DONE]\n\n");

        Answered accepted = rest.post(BATCH, three.formatted(",\"async\":true"));
        assertThat(accepted.status()).isEqualTo(202);
        String id = accepted.json().path("id").asString("");
        log.awaitReply(id);
        assertThat(rest.get(BATCHES + id).json().path("status").asString(""))
                .isEqualTo("completed");
        assertThat(rest.get(BATCHES + id + "/results").body().lines()).hasSize(3);
        assertThat(rest.get(BATCHES + id + "/results?format=csv").body().lines())
                .hasSize(4)
                .anyMatch(row -> row.startsWith("1,'=mine,discard,0.9"));
    }

    @Test
    void eachBadImageIsRefusedByItsOwnCodeOverKafka() throws Exception {
        Map<String, byte[]> records = new LinkedHashMap<>();
        for (int i = 0; i < bad.all().size(); i++) {
            ImageItem image = bad.all().get(i).image();
            ImageInput input =
                    ImageInput.newBuilder()
                            .setPath(image.getPath())
                            .setImage(image.getImage())
                            .setStored(image.getStored())
                            .build();
            records.put("bad-" + i, wire.encode(request(input)));
        }
        records.put("bad-none", wire.encode(request(ImageInput.newBuilder().build())));
        send(Topics.REQUESTS, records);

        for (int i = 0; i < bad.all().size(); i++) {
            Reply reply = log.awaitReply("bad-" + i);
            assertThat(reply.getError().getCode()).isEqualTo(bad.all().get(i).code().wireName());
            assertThat(reply.getOutput()).isNull();
        }
        assertThat(log.awaitReply("bad-none").getError().getCode())
                .isEqualTo("image_source_invalid");
    }

    @Test
    void eachBadImageIsRefusedByItsOwnCodeAndStatusOverRest() {
        for (Bad each : bad.all()) {
            ImageItem image = each.image();
            if (image.getStored() != null) {
                continue;
            }
            Answered answer =
                    single(
                            image.getPath() != null
                                    ? "\"image_path\":" + quoted(image.getPath())
                                    : "\"image_base64\":" + base64(image.getImage().array()));
            assertThat(answer.code()).as(answer.body()).isEqualTo(each.code().wireName());
            assertThat(answer.status()).isEqualTo(each.code().httpStatus());
        }
        assertThat(single("\"image_base64\":\"@@@@\"").code()).isEqualTo("invalid_base64");
        assertThat(single("\"image_path\":\"a\",\"image_base64\":\"YQ==\"").code())
                .isEqualTo("image_source_invalid");
        assertThat(single("\"priority\":\"high\"").code()).isEqualTo("image_source_invalid");
        assertThat(rest.post(BATCH, "{\"model\":\"sorter\",\"image_paths\":[]}").code())
                .isEqualTo("no_images");
        assertThat(rest.post(BATCH, "{\"model\":\"sorter\",\"glob\":\"none/*.png\"}").code())
                .isEqualTo("no_images");
        String tooMany = "\"a\",".repeat(100_000) + "\"a\"";
        assertThat(
                        rest.post(
                                        BATCH,
                                        "{\"model\":\"sorter\",\"async\":true,\"image_paths\":[%s]}"
                                                .formatted(tooMany))
                                .code())
                .isEqualTo("too_many_images");
    }

    @Test
    void badImagesOfABatchFailByTheirCodesAndTheirNeighboursDoNot() throws Exception {
        List<Bad> mixed = bad.all();
        List<ImageItem> items = new ArrayList<>();
        for (int i = 0; i < mixed.size(); i++) {
            items.add(ImageItem.newBuilder().setPath("many/%04d.png".formatted(i)).build());
            items.add(mixed.get(i).image());
        }
        CollectedResults collected = new CollectedResults();
        BatchHandle batch =
                client.classifyBatch(
                        request(ImageBatchInput.newBuilder().setItems(items).build()),
                        SubmitOptions.none(),
                        collected);
        BatchSummary summary = batch.answer().get(90, TimeUnit.SECONDS).summary();

        List<ImageResult> results = inOrder(collected);
        assertThat(summary.getDone()).isEqualTo(mixed.size());
        assertThat(summary.getFailed()).isEqualTo(mixed.size());
        for (int i = 0; i < mixed.size(); i++) {
            assertIsNumbered(results.get(2 * i), "many/%04d.png".formatted(i));
        }
        assertThat(results.stream().filter(r -> r.getError() != null))
                .extracting(r -> r.getError().getCode())
                .isEqualTo(codes(mixed));
        BatchRecords.assertCompletedOnce(log, batch.requestId(), items.size());
    }

    @Test
    void aManifestThatCannotBeReadIsRefusedByItsLineItsDigestOrItsAbsence() throws Exception {
        StoredPayload broken =
                payloads.put(
                        "{\"path\":\"many/0000.png\"}\n{\"file\":1}\n"
                                .getBytes(StandardCharsets.UTF_8),
                        "application/jsonl");
        StoredPayload lost = new StoredPayload("0".repeat(64), 10L, "application/jsonl");

        BrigadeException refused = failure(batch("sorter").manifest(broken));
        assertThat(refused.failure().code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
        assertThat(refused.failure().message()).contains("line 2");
        assertThat(failure(batch("sorter").manifest(lost)).failure().code())
                .isEqualTo(ErrorCode.PAYLOAD_NOT_FOUND);
        assertThat(failure(batch("sorter").glob("none/*")).failure().code())
                .isEqualTo(ErrorCode.NO_IMAGES);
        BrigadeException outside =
                catchThrowableOfType(
                        BrigadeException.class, () -> failure(batch("sorter").glob("../*")));
        assertThat(outside.failure().code()).isEqualTo(ErrorCode.PATH_TRAVERSAL);
    }

    @Test
    void aCancelledBatchKeepsWhatWasDone() throws Exception {
        CollectedResults collected = new CollectedResults();
        BatchHandle batch = client.classifyBatch(slow(300), collected);
        collected.await(8);

        batch.cancel().get(30, TimeUnit.SECONDS);

        BrigadeException ended = ended(batch);
        assertThat(ended.failure().code()).isEqualTo(ErrorCode.CANCELLED);
        assertEndedEarly(batch.requestId(), ReplyStatus.CANCELLED, collected, ended);
    }

    @Test
    void aBatchPastItsDeadlineKeepsWhatWasDone() throws Exception {
        CollectedResults collected = new CollectedResults();
        ImageBatchRequest request =
                batch("slow").paths(repeated(600)).deadline(Duration.ofSeconds(5)).build();
        BatchHandle batch = client.classifyBatch(request, collected);

        BrigadeException ended = ended(batch);
        assertThat(ended.failure().code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertEndedEarly(batch.requestId(), ReplyStatus.EXPIRED, collected, ended);
    }

    @Test
    void anUrgentImageDoesNotWaitForABatch() throws Exception {
        CollectedResults collected = new CollectedResults();
        BatchHandle batch = client.classifyBatch(slow(800), collected);
        collected.await(1);

        ClassifyAnswer urgent =
                client.send(
                                ClassifyRequest.builder()
                                        .model("slow")
                                        .path("many/0001.png")
                                        .priority(Priority.HIGH)
                                        .build())
                        .get(60, TimeUnit.SECONDS);

        assertThat(urgent.label()).isEqualTo("discard");
        assertThat(batch.answer()).isNotDone();
        assertThat(log.replies(batch.requestId())).isEmpty();
        batch.cancel().get(30, TimeUnit.SECONDS);
        ended(batch);
    }

    @Test
    void vectorsOfMoreThanAMegabyteComeThroughThePayloadStore() {
        List<String> texts = IntStream.range(0, 400).mapToObj(i -> "text number " + i).toList();

        EmbeddingAnswer answer = client.embed(embedding().texts(texts).build());

        Embeddings embeddings = (Embeddings) log.awaitReply(answer.requestId()).getOutput();
        assertThat(embeddings.getStored()).isNotNull();
        assertThat(embeddings.getVectors()).isNull();
        assertThat(answer.vectors()).hasSize(400);
        assertThat(answer.vectors().get(399))
                .isEqualTo(
                        client.embed(embedding().text("text number 399").build())
                                .vectors()
                                .getFirst());
        Answered rested =
                rest.post(
                        "/v1/embeddings",
                        "{\"model\":\"vectors\",\"input\":[%s]}"
                                .formatted(
                                        texts.stream()
                                                .map(RestCalls::quoted)
                                                .collect(Collectors.joining(","))));
        assertThat(rested.json().path("data").size()).isEqualTo(400);
    }

    @Test
    void theOfficialOpenAiClientGetsTheClientsVectors() {
        EmbeddingAnswer expected = client.embed(embedding().texts(TWO).build());
        EmbeddingAnswer cut = client.embed(embedding().text("a log").dimensions(8).build());
        EmbeddingAnswer tokens = client.embed(embedding().tokens(1, 2, 3).build());
        OpenAIClient openai =
                OpenAIOkHttpClient.builder()
                        .baseUrl(system.restUrl() + "/v1")
                        .apiKey("none")
                        .maxRetries(0)
                        .build();
        try {
            EmbeddingCreateParams.Builder two = vectors().inputOfArrayOfStrings(TWO);
            for (EncodingFormat format : List.of(EncodingFormat.FLOAT, EncodingFormat.BASE64)) {
                CreateEmbeddingResponse got =
                        openai.embeddings().create(two.encodingFormat(format).build());
                assertThat(got.data()).hasSize(2);
                assertThat(got.model()).isEqualTo("vectors");
                assertThat(got.usage().promptTokens()).isPositive();
                for (int i = 0; i < 2; i++) {
                    assertThat(got.data().get(i).index()).isEqualTo(i);
                    assertSame(got.data().get(i), expected.vectors().get(i));
                }
            }
            assertSame(
                    openai.embeddings()
                            .create(vectors().input("a log").dimensions(8).build())
                            .data()
                            .getFirst(),
                    cut.vectors().getFirst());
            assertSame(
                    openai.embeddings()
                            .create(vectors().inputOfArrayOfTokens(List.of(1L, 2L, 3L)).build())
                            .data()
                            .getFirst(),
                    tokens.vectors().getFirst());
        } finally {
            openai.close();
        }
    }

    private static EmbeddingCreateParams.Builder vectors() {
        return EmbeddingCreateParams.builder().model("vectors");
    }

    private static void assertSame(Embedding got, float[] expected) {
        assertThat(got.embedding()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(got.embedding().get(i).floatValue()).isEqualTo(expected[i]);
        }
    }

    @Test
    void documentsAreRankedByTheWordsTheyShareWithTheQuery() {
        List<String> documents = List.of("nothing of that", "the cat on the mat", "a cat");

        assertThat(
                        client.rerank(
                                        RerankRequest.builder("the cat on the mat")
                                                .model("vectors")
                                                .documents(documents)
                                                .build())
                                .bestFirst())
                .startsWith(1);
        Answered ranked =
                rest.post(
                        "/v1/rerank",
                        """
                        {"model":"vectors","query":"a cat","top_n":1,
                         "documents":["nothing of that","the cat on the mat","a cat"]}
                        """);
        assertThat(ranked.json().at("/results/0/index").asInt(-1)).isEqualTo(2);
        assertThat(ranked.json().path("results").size()).isEqualTo(1);
    }

    @Test
    void recordsThatCannotBeReadBecomeDeadLettersAndHarmNoBatch() throws Exception {
        byte[] poison = {0, 0, 0, 0, 1, 1, 1, 1};
        List<String> topics = List.of(Topics.REQUESTS, Topics.EVENTS, Topics.model("sorter"));
        for (String topic : topics) {
            send(topic, Map.of("poison-" + topic, poison));
        }
        assertThat(labels(batch("sorter").glob("many/000[0-3].png"))).hasSize(4);
        for (String topic : topics) {
            var letter = log.awaitDeadLetter("poison-" + topic);
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(letter.headers().lastHeader(HeaderNames.REASON)).isNotNull();
        }
    }

    private static void assertIsNumbered(ImageResult result, String path) {
        assertThat(result.getError()).isNull();
        assertThat(result.getPath()).isEqualTo(path);
        int number = Integer.parseInt(path.substring(path.length() - 8, path.length() - 4));
        assertThat(result.getClassification().getLabel()).isEqualTo(Pictures.labelOf(number));
    }

    private void assertEndedEarly(
            String id, ReplyStatus status, CollectedResults collected, BrigadeException ended) {
        Reply reply = log.awaitReply(id);
        assertThat(reply.getStatus()).isEqualTo(status);
        assertThat(log.replies(id)).hasSize(1);
        List<ImageResult> results = BatchRecords.assertPartsAddUp(log, reply);
        assertThat(collected.results()).isEqualTo(results);
        BatchSummary summary = BatchAnswer.summary(ended.failure()).orElseThrow();
        assertThat(summary.getDone()).isEqualTo(results.size()).isLessThan(summary.getTotal());
    }

    private static List<String> paths(String folder, int count) {
        return IntStream.range(0, count).mapToObj(i -> "%s/%04d.png".formatted(folder, i)).toList();
    }

    private static List<String> repeated(int count) {
        return IntStream.range(0, count).mapToObj(i -> "many/%04d.png".formatted(i % 40)).toList();
    }

    private ImageBatchRequest slow(int count) {
        return batch("slow").paths(repeated(count)).build();
    }

    private static ImageBatchRequest.Builder batch(String model) {
        return ImageBatchRequest.builder().model(model);
    }

    private static ClassifyRequest.Builder classify() {
        return ClassifyRequest.builder().model("sorter");
    }

    private static EmbeddingRequest.Builder embedding() {
        return EmbeddingRequest.builder().model("vectors");
    }

    private String label(ClassifyRequest.Builder request) {
        return client.classify(request.build()).label();
    }

    private List<String> labels(ImageBatchRequest.Builder request) throws Exception {
        CollectedResults collected = new CollectedResults();
        client.classifyBatch(request.build(), collected).answer().get(90, TimeUnit.SECONDS);
        return inOrder(collected).stream().map(r -> r.getClassification().getLabel()).toList();
    }

    private static List<ImageResult> inOrder(CollectedResults collected) {
        return collected.results().stream()
                .sorted(Comparator.comparingInt(ImageResult::getIndex))
                .toList();
    }

    private BrigadeException failure(ImageBatchRequest.Builder request) throws Exception {
        return ended(client.classifyBatch(request.build(), new CollectedResults()));
    }

    private static BrigadeException ended(BatchHandle batch) throws Exception {
        try {
            batch.answer().get(90, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (BrigadeException) Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("the batch completed");
    }

    private static List<String> codes(List<Bad> bad) {
        return bad.stream().map(each -> each.code().wireName()).toList();
    }

    private Answered single(String image) {
        return rest.post(CLASSIFY, "{\"model\":\"sorter\",%s}".formatted(image));
    }

    private static String base64(byte[] image) {
        return quoted(Base64.getEncoder().encodeToString(image));
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.path(field).asString("")));
        return texts;
    }

    private void send(String topic, Map<String, byte[]> records) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", system.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (Map.Entry<String, byte[]> each : records.entrySet()) {
                producer.send(new ProducerRecord<>(topic, each.getKey(), each.getValue()))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private InferenceRequest request(Object input) {
        return InferenceRequest.newBuilder(
                        ClassifyRequest.builder()
                                .model("sorter")
                                .image(new byte[1])
                                .build()
                                .toRecord(client.tenant()))
                .setInput(input)
                .build();
    }
}
