package dev.brigade.acceptance.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestModels;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.ImageBatchRequest;
import dev.brigade.schema.ImageResult;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Dispatcher, workers and the REST adapter die by SIGKILL in the middle of batches of images. The
 * log then shows every image's result once, one terminal, and no part sent out again that was done.
 *
 * <p>The properties {@code brigade.batches.points} and {@code brigade.batches.seed} choose how many
 * random points there are and which; {@code ops/faults/batches} runs many.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class BatchKillTest {

    private static final int POINTS = Integer.getInteger("brigade.batches.points", 1);
    private static final long SEED = Long.getLong("brigade.batches.seed", 3);
    private static final String MODEL = "sorter";
    private static final int DELAY_MS = 8;

    /** Pictures there are; batches name them again and again. */
    private static final int PICTURES = 20;

    private static final int IMAGES = 600;
    private static final int SIDE_BY_SIDE = 2;
    private static final Pattern EVENT_ID = Pattern.compile("^id: ?(\\d+)$");
    private static final Pattern INDEX = Pattern.compile("\"index\":(\\d+)");

    private final Opened opened = new Opened();
    private BrokerProcess broker;
    private TestSystem system;
    private BrigadeClient client;

    /** Who dies. */
    private enum Victims {
        DISPATCHER,
        WORKER,
        BOTH
    }

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty("batch-kill");
        Path root = folder.resolve("images");
        Pictures.numbered(root, "many", PICTURES);
        broker = opened.add(BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka"))));
        system =
                opened.add(
                        TestSystem.on(
                                        broker.bootstrapServers(),
                                        folder,
                                        new TestModels().classifier(MODEL, DELAY_MS))
                                .with("INFERENCE_PAYLOADS", folder.resolve("payloads").toString())
                                .with("INFERENCE_IMAGE_ROOTS", root.toString()));
        system.startAll();
        client = opened.add(BrigadeClient.open(ClientSettings.of(broker.bootstrapServers())));
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void aSecondWorkerGoesOnWhereAKilledOneWas() throws Exception {
        system.worker("worker-2").start().awaitReady();
        CollectedResults collected = new CollectedResults();
        BatchHandle batch = send(IMAGES, collected);
        collected.await(1);

        system.worker("worker-1").kill();

        assertWhole(batch, collected, IMAGES);
        system.worker("worker-1").start().awaitReady();
        system.worker("worker-2").close();
    }

    @Test
    void aDispatcherThatIsKilledGoesOnWhereItsLogEnds() throws Exception {
        CollectedResults collected = new CollectedResults();
        BatchHandle batch = send(IMAGES, collected);
        collected.await(1);

        system.dispatcher().kill();
        system.dispatcher().start();

        assertWhole(batch, collected, IMAGES);
        system.dispatcher().awaitReady();
    }

    @Test
    void aStreamGoesOnThroughAnotherRestAdapterWhenItsOwnIsKilled() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<java.io.InputStream> stream =
                http.send(
                        HttpRequest.newBuilder(
                                        system.restUrl().resolve("/api/v1/vision/classify/batch"))
                                .header("Content-Type", "application/json")
                                .timeout(Duration.ofSeconds(60))
                                .POST(HttpRequest.BodyPublishers.ofString(body()))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        String id = stream.headers().firstValue("x-request-id").orElseThrow();
        List<String> before = new ArrayList<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        String cursor = readUntilResults(lines, before);

        system.rest().kill();
        system.rest().start().awaitReady();

        HttpResponse<Stream<String>> resumed =
                http.send(
                        HttpRequest.newBuilder(
                                        system.restUrl()
                                                .resolve(
                                                        "/api/v1/vision/batches/%s/stream?starting_after=%s"
                                                                .formatted(id, cursor)))
                                .timeout(Duration.ofSeconds(120))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        List<String> after = resumed.body().toList();
        assertThat(after).contains("event: summary", "data: [DONE]");
        assertThat(Stream.concat(indexes(before), indexes(after)))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, IMAGES).boxed().toList());
        try (RecordLog log = new RecordLog(broker.bootstrapServers())) {
            BatchRecords.assertCompletedOnce(log, id, IMAGES);
        }
    }

    @Test
    void whoeverDiesWheneverEachImageHasOneResult() throws Exception {
        System.out.printf("batches: %d points, seed %d%n", POINTS, SEED);
        Random random = new Random(SEED);
        for (int point = 1; point <= POINTS; point++) {
            Victims victims = Victims.values()[random.nextInt(Victims.values().length)];
            int images = 1 + random.nextInt(IMAGES);
            int after = random.nextInt(images);
            List<CollectedResults> collected = new ArrayList<>();
            List<BatchHandle> batches = new ArrayList<>();
            for (int i = 0; i < SIDE_BY_SIDE; i++) {
                collected.add(new CollectedResults());
                batches.add(send(images, collected.getLast()));
            }
            collected.getFirst().await(after);
            kill(victims);
            System.out.printf(
                    "point %d: %s died after %d of %d images%n", point, victims, after, images);
            for (int i = 0; i < SIDE_BY_SIDE; i++) {
                assertWhole(batches.get(i), collected.get(i), images);
            }
        }
    }

    private BatchHandle send(int images, CollectedResults collected) {
        BatchHandle batch =
                client.classifyBatch(
                        ImageBatchRequest.builder().model(MODEL).paths(paths(images)).build(),
                        collected);
        batch.stored().orTimeout(60, TimeUnit.SECONDS).join();
        return batch;
    }

    private static List<String> paths(int images) {
        return IntStream.range(0, images)
                .mapToObj(i -> "many/%04d.png".formatted(i % PICTURES))
                .toList();
    }

    private static String body() {
        String paths = String.join("\",\"", paths(IMAGES));
        return "{\"model\":\"%s\",\"stream\":true,\"image_paths\":[\"%s\"]}"
                .formatted(MODEL, paths);
    }

    private void kill(Victims victims) {
        if (victims != Victims.WORKER) {
            system.dispatcher().kill();
        }
        if (victims != Victims.DISPATCHER) {
            system.worker("worker-1").kill();
            system.worker("worker-1").start();
        }
        if (victims != Victims.WORKER) {
            system.dispatcher().start();
        }
    }

    private void assertWhole(BatchHandle batch, CollectedResults collected, int images)
            throws Exception {
        assertThat(batch.answer().get(150, TimeUnit.SECONDS).summary().getDone()).isEqualTo(images);
        try (RecordLog log = new RecordLog(broker.bootstrapServers())) {
            BatchRecords.assertCompletedOnce(log, batch.requestId(), images);
            assertThat(
                            log.results(batch.requestId()).stream()
                                    .flatMap(part -> part.getItems().stream()))
                    .isEqualTo(collected.results());
        }
        for (ImageResult result : collected.results()) {
            assertThat(result.getClassification().getLabel())
                    .isEqualTo(Pictures.labelOf(result.getIndex() % PICTURES));
        }
    }

    /** Reads a stream until it has told of results; the id of that event. */
    private static String readUntilResults(BufferedReader lines, List<String> read)
            throws IOException {
        String id = "";
        String line = lines.readLine();
        while (line != null && !(line.isEmpty() && !id.isEmpty())) {
            read.add(line);
            var matcher = EVENT_ID.matcher(line);
            id = matcher.matches() ? matcher.group(1) : id;
            line = lines.readLine();
        }
        assertThat(id).isNotEmpty();
        return id;
    }

    private static Stream<Integer> indexes(List<String> lines) {
        return lines.stream()
                .flatMap(line -> INDEX.matcher(line).results())
                .map((MatchResult found) -> Integer.valueOf(found.group(1)));
    }
}
