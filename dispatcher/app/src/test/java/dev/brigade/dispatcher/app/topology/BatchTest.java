package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Classification;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.ListedItems;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.StoredPayload;
import dev.brigade.schema.UsageRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images by the hundred in one request. */
final class BatchTest {

    private static final StoredPayload MANIFEST =
            new StoredPayload("0".repeat(64), 1_000L, "application/jsonl");

    @TempDir Path stateDir;

    private TestDispatcher dispatcher;
    private Workers workers;

    @BeforeEach
    void start() {
        dispatcher = new TestDispatcher(stateDir, 32, "m1:primary", "v1:vision:classify");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void aFewImagesRunSideBySideAndEachEndsOnce() {
        send("r1", paths(3));
        List<Job> jobs = workers.jobs();
        assertThat(jobs).extracting(Job::getStage).containsExactly("part-0", "part-1", "part-2");
        for (Job job : jobs.reversed()) {
            workers.begin(job);
            workers.give(job, Sorter.results(job));
            workers.give(job, Sorter.results(job));
        }

        List<ResultPart> parts = parts();
        assertThat(parts).extracting(ResultPart::getPart).containsExactly(0, 1, 2);
        assertThat(parts).extracting(ResultPart::getModel).containsOnly("v1");
        assertThat(parts)
                .flatExtracting(ResultPart::getItems)
                .extracting(ImageResult::getPath)
                .containsExactly("2.png", "1.png", "0.png");
        Reply reply = reply();
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(reply.getText()).isEmpty();
        assertThat(summary(reply).getDone()).isEqualTo(3);
        assertThat(summary(reply).getParts()).isEqualTo(3);
        assertThat(dispatcher.only(Topics.USAGE, UsageRecord.class).getImages()).isEqualTo(3);
    }

    @Test
    void progressIsPublishedWithEachPart() {
        send("r1", paths(16));
        List<Job> jobs = workers.jobs();
        for (Job job : jobs) {
            workers.begin(job);
            dispatcher.advance(Duration.ofSeconds(1));
            workers.give(job, Sorter.results(job));
        }

        List<Chunk> chunks = dispatcher.all(Topics.TOKENS, Chunk.class);
        assertThat(chunks).extracting(Chunk::getSeq).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(chunks).extracting(Chunk::getStage).containsOnly("batch");
        assertThat(chunks)
                .extracting(chunk -> chunk.getProgress().getDone())
                .containsExactly(2, 4, 6, 8, 10, 12, 14, 16);
        assertThat(chunks.get(3).getProgress().getPerSecond()).isEqualTo(2.0);
        assertThat(chunks.get(3).getProgress().getRemainingMs()).isEqualTo(4_000);
        assertThat(chunks.getLast().getProgress().getRemainingMs()).isZero();
    }

    @Test
    void aPatternIsListedFirst() {
        send("r1", ImageBatchInput.newBuilder().setGlob("scans/*.png").build());
        Job list = workers.job();
        assertThat(list.getInput()).isEqualTo(new ImageListing("scans/*.png", null));
        workers.begin(list);
        workers.give(list, new ListedItems(MANIFEST, 20));

        List<Job> jobs = workers.jobs();
        assertThat(jobs)
                .extracting(job -> (ImagePart) job.getInput())
                .allMatch(part -> part.getManifest().equals(MANIFEST))
                .extracting(ImagePart::getFrom)
                .containsExactly(0, 3, 6, 9, 12, 15, 18);
    }

    @Test
    void aPatternThatMatchesNothingIsTheRequestsError() {
        send("r1", ImageBatchInput.newBuilder().setGlob("scans/*.png").build());
        Job list = workers.job();
        workers.begin(list);
        workers.fail(list, "no_images");

        assertThat(reply().getError().getCode()).isEqualTo("no_images");
        assertThat(parts()).isEmpty();
    }

    @Test
    void aPartThatFailsForGoodIsItsImagesEndAndNotTheBatchs() {
        send("r1", paths(16));
        List<Job> jobs = workers.jobs();
        workers.begin(jobs.getFirst());
        workers.give(jobs.getFirst(), Sorter.results(jobs.getFirst()));
        workers.begin(jobs.get(1));
        workers.fail(jobs.get(1), "engine_error");
        jobs.subList(2, 8).forEach(job -> workers.give(job, Sorter.results(job)));

        assertThat(parts().get(1).getItems())
                .extracting(ImageResult::getError)
                .extracting(ReplyError::getCode)
                .containsExactly("engine_error", "engine_error");
        Reply reply = reply();
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(summary(reply).getDone()).isEqualTo(14);
        assertThat(summary(reply).getFailed()).isEqualTo(2);
        assertThat(summary(reply).getLabels()).isEqualTo(Map.of("technical", 7L, "discard", 7L));
    }

    @Test
    void aCancelledBatchKeepsWhatItHasAndPublishesNoMore() {
        send("r1", paths(100));
        List<Job> jobs = workers.jobs();
        jobs.forEach(workers::begin);
        jobs.subList(0, 2).forEach(job -> workers.give(job, Sorter.results(job)));
        assertThat(parts()).hasSize(2);

        dispatcher.send(Topics.REQUESTS, "r1", new CancelRequest(null));
        jobs.subList(2, 8).forEach(job -> workers.give(job, Sorter.results(job)));

        assertThat(parts()).isEmpty();
        assertThat(workers.jobs()).isEmpty();
        Reply reply = reply();
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.CANCELLED);
        assertThat(summary(reply).getTotal()).isEqualTo(100);
        assertThat(summary(reply).getDone()).isEqualTo(26);
        assertThat(summary(reply).getParts()).isEqualTo(2);
    }

    @Test
    void aBatchHasADayUnlessItSaysOtherwise() {
        send("r1", paths(1));
        InferenceRequest hurried =
                InferenceRequest.newBuilder().setInput(paths(1)).setDeadlineMs(60_000L).build();
        dispatcher.send(Topics.REQUESTS, "r2", hurried);

        dispatcher.advance(Duration.ofSeconds(61));

        assertThat(reply().getRequestId()).isEqualTo("r2");
        dispatcher.advance(Duration.ofHours(24));
        assertThat(reply().getStatus()).isEqualTo(ReplyStatus.EXPIRED);
    }

    @Test
    void imagesTravelWithinTheirJobsAndOutliveTheDispatcher() {
        List<ImageItem> items =
                IntStream.range(0, 600)
                        .mapToObj(i -> new ImageItem(null, bytes(i, 5_000), null, "n" + i))
                        .toList();
        send("r1", ImageBatchInput.newBuilder().setItems(items).build());
        List<Job> jobs = workers.jobs();
        assertThat(((ImagePart) jobs.get(7).getInput()).getItems())
                .isEqualTo(items.subList(448, 512));

        dispatcher.restart();
        workers.give(jobs.getFirst(), Sorter.results(jobs.getFirst()));

        assertThat(((ImagePart) workers.job().getInput()).getItems())
                .isEqualTo(items.subList(512, 576));
        assertThat(parts().getFirst().getItems()).first().extracting(ImageResult::getPath).isNull();
    }

    @Test
    void noJobIsLargerThanARecordHoweverUnequalTheImagesAre() {
        List<ImageItem> items =
                IntStream.range(0, 64)
                        .mapToObj(i ->
                                new ImageItem(null, bytes(i, i < 8 ? 490_000 : 100), null, null))
                        .toList();
        send("r1", ImageBatchInput.newBuilder().setItems(items).build());

        List<Job> jobs = new ArrayList<>();
        for (List<Job> more = workers.jobs(); !more.isEmpty(); more = workers.jobs()) {
            jobs.addAll(more);
            more.forEach(job -> workers.give(job, Sorter.results(job)));
        }

        assertThat(jobs).hasSize(16).allMatch(job -> dispatcher.wire.encode(job).length < 3 << 20);
        assertThat(summary(reply()).getDone()).isEqualTo(64);
    }

    @Test
    void resultsThatNoRecordCanHoldLoseTheirExplanations() {
        send("r1", paths(512));
        List<Job> jobs = workers.jobs();
        Job job = jobs.getFirst();
        workers.begin(job);
        workers.give(job, Sorter.results(job, "x".repeat(80_000)));

        TestRecord<String, byte[]> record = dispatcher.records(Topics.RESULTS).getFirst();
        assertThat(record.value()).hasSizeLessThan(10_000);
        ResultPart part = dispatcher.decoded(record.value(), ResultPart.class);
        assertThat(part.getItems())
                .hasSize(64)
                .extracting(ImageResult::getClassification)
                .allMatch(result -> result.getRawResponse() == null)
                .extracting(Classification::getLabel)
                .contains("technical", "discard");
    }

    @Test
    void resultsGoToThePartitionOfTheReply() {
        send("r1", paths(1));
        Job job = workers.job();
        workers.give(job, Sorter.results(job));

        assertThat(dispatcher.records(Topics.RESULTS).getFirst().key()).isEqualTo("r1");
    }

    private static ByteBuffer bytes(int fill, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) fill);
        return ByteBuffer.wrap(bytes);
    }

    static ImageBatchInput paths(int count) {
        return ImageBatchInput.newBuilder()
                .setPaths(IntStream.range(0, count).mapToObj(i -> i + ".png").toList())
                .build();
    }

    private void send(String id, Object input) {
        dispatcher.send(Topics.REQUESTS, id, InferenceRequest.newBuilder().setInput(input).build());
    }

    private List<ResultPart> parts() {
        return dispatcher.all(Topics.RESULTS, ResultPart.class);
    }

    private Reply reply() {
        return dispatcher.only(Topics.REPLIES, Reply.class);
    }

    private static BatchSummary summary(Reply reply) {
        return (BatchSummary) reply.getOutput();
    }
}
