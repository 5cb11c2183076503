package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.ListedItems;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.StageProgress;
import dev.brigade.schema.StoredPayload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand images in one request, whatever the workers and the dispatcher go through. */
final class LargeBatchTest {

    private static final int IMAGES = 10_000;
    private static final int PARTS = (IMAGES + 63) / 64;
    private static final StoredPayload MANIFEST =
            new StoredPayload("0".repeat(64), 1_000L, "application/jsonl");

    @TempDir Path stateDir;

    private final List<ResultPart> parts = new ArrayList<>();
    private final List<StageProgress> progress = new ArrayList<>();
    private final Map<String, Long> changedBytes = new TreeMap<>();
    private TestDispatcher dispatcher;
    private Workers workers;

    @BeforeEach
    void start() {
        dispatcher = new TestDispatcher(stateDir, 32, "v1:vision:classify");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void everyImageEndsOnceInAnyOrderWithRepeatsAndRestarts() {
        long seed = 20_261_121;
        Random random = new Random(seed);
        begin(ImageBatchInput.newBuilder().setGlob("scans/**/*.png").build());
        Job list = workers.job();
        workers.give(list, new ListedItems(MANIFEST, IMAGES));

        List<Job> out = new ArrayList<>();
        List<Job> over = new ArrayList<>();
        for (out.addAll(workers.jobs()); !out.isEmpty(); out.addAll(workers.jobs())) {
            assertThat(out.size()).as("parts out, seed %d", seed).isLessThanOrEqualTo(8);
            Job job = out.remove(random.nextInt(out.size()));
            workers.begin(job);
            if (over.size() % 60 == 59) {
                note();
                dispatcher.restart();
            }
            workers.give(job, Sorter.results(job));
            over.add(job);
            if (random.nextInt(4) == 0) {
                work(over.get(random.nextInt(over.size())));
            }
        }
        note();

        assertThat(parts)
                .extracting(ResultPart::getPart)
                .containsExactlyElementsOf(IntStream.range(0, PARTS).boxed().toList());
        assertThat(parts)
                .flatExtracting(ResultPart::getItems)
                .extracting(ImageResult::getIndex)
                .hasSize(IMAGES)
                .doesNotHaveDuplicates()
                .allMatch(index -> index >= 0 && index < IMAGES);
        assertThat(progress).extracting(StageProgress::getDone).isSorted().hasSize(PARTS);
        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        BatchSummary summary = (BatchSummary) reply.getOutput();
        assertThat(summary.getTotal()).isEqualTo(IMAGES);
        assertThat(summary.getDone()).isEqualTo(IMAGES);
        assertThat(summary.getLabels())
                .isEqualTo(Map.of("technical", IMAGES / 2L, "discard", IMAGES / 2L));
        assertThat(summary.getParts()).isEqualTo(PARTS);
    }

    @Test
    void anEventOfAPartWritesLittleHoweverLargeTheBatchIs() {
        ImageBatchInput batch = BatchTest.paths(IMAGES);
        int requestBytes = begin(batch);
        List<Job> out = new ArrayList<>(workers.jobs());
        for (int i = 0; i < 20; i++) {
            work(out.removeFirst());
            out.addAll(workers.jobs());
        }
        dispatcher.restart();
        changedBytes.clear();

        Job job = out.removeFirst();
        workers.begin(job);
        countChanges();
        assertThat(sum()).as("bytes of a start: %s", changedBytes).isLessThan(1_000);
        changedBytes.clear();

        workers.give(job, Sorter.results(job));
        countChanges();
        assertThat(sum()).as("bytes of a part's end: %s", changedBytes).isLessThan(3_000);
        assertThat(requestBytes).isGreaterThan(70_000);
    }

    private int begin(ImageBatchInput input) {
        InferenceRequest request = InferenceRequest.newBuilder().setInput(input).build();
        dispatcher.send(Topics.REQUESTS, "r1", request);
        return dispatcher.wire.encode(request).length;
    }

    private void work(Job job) {
        workers.begin(job);
        workers.give(job, Sorter.results(job));
    }

    /** Takes up what was written before it is gone with its driver. */
    private void note() {
        parts.addAll(dispatcher.all(Topics.RESULTS, ResultPart.class));
        dispatcher
                .all(Topics.TOKENS, Chunk.class)
                .forEach(chunk -> progress.add(chunk.getProgress()));
    }

    private void countChanges() {
        for (String topic : dispatcher.driver().producedTopicNames()) {
            if (topic.endsWith("-changelog")) {
                long bytes =
                        dispatcher.records(topic).stream().mapToLong(LargeBatchTest::bytes).sum();
                changedBytes.merge(topic, bytes, Long::sum);
            }
        }
    }

    private long sum() {
        return changedBytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long bytes(TestRecord<String, byte[]> change) {
        return (long) change.key().length() + (change.value() == null ? 0 : change.value().length);
    }
}
