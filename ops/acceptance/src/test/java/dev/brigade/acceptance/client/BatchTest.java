package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BatchProgress;
import dev.brigade.client.BatchResults;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.Failure;
import dev.brigade.client.ImageBatchRequest;
import dev.brigade.client.RequestState;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.StageProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest extends ClientTest {

    private static final ImageBatchRequest THREE =
            ImageBatchRequest.ofPaths(List.of("a.png", "b.png", "c.png"));

    @TempDir Path folder;

    @Override
    ClientSettings.Builder settings() {
        return super.settings().payloads(folder.toString()).lookupTimeout(Duration.ofSeconds(10));
    }

    @Test
    void resultsProgressAndSummaryComeAsTheyAreDecided() throws Exception {
        Results results = new Results();
        BatchHandle batch = client.classifyBatch(THREE, results);
        batch.stored().get(20, TimeUnit.SECONDS);
        ConsumerRecord<String, byte[]> sent = other.nextRecord();
        assertThat(sent.key()).isEqualTo(batch.requestId());
        InferenceRequest request = other.decode(sent, InferenceRequest.class);
        assertThat(request.getPriority()).isEqualTo(Priority.LOW);
        assertThat(request.getDeadlineMs()).isEqualTo(Duration.ofHours(24).toMillis());
        String id = batch.requestId();

        other.decide(id, part(id, 0), progress(id, 0, 1));
        await().until(() -> results.progress.size() == 1);
        other.decideAndAbort(id, part(id, 1), completed(id, 2));
        other.decide(id, completed(id, 3));
        await().until(() -> client.find(id).orElseThrow() instanceof RequestState.Ended);
        assertThat(batch.answer()).isNotDone();
        other.decide(id, part(id, 1), progress(id, 1, 2));
        other.decide(id, part(id, 2), progress(id, 2, 3));

        BatchAnswer answer = batch.answer().get(20, TimeUnit.SECONDS);
        assertThat(answer.summary().getParts()).isEqualTo(3);
        assertThat(answer.model()).isEqualTo("m");
        assertThat(results.indexes).containsExactly(0, 1, 2);
        assertThat(results.progress.getFirst().perSecond()).isEqualTo(2.5);
    }

    @Test
    void anotherClientReadsTheSameBatchFromTheStartOrGoesOn() throws Exception {
        String id = sent(THREE);
        other.decide(id, part(id, 0), progress(id, 0, 1));
        other.decide(id, part(id, 1), progress(id, 1, 2));
        Results all = new Results();
        Results rest = new Results();

        try (BrigadeClient later = BrigadeClient.open(settings().build())) {
            BatchHandle fromStart = later.followBatch(id, all);
            BatchHandle goneOn = later.followBatch(id, 1, rest);
            await().until(() -> all.indexes.size() == 2 && rest.indexes.size() == 1);
            other.decide(id, part(id, 2), completed(id, 3));

            fromStart.answer().get(20, TimeUnit.SECONDS);
            goneOn.answer().get(20, TimeUnit.SECONDS);
        }
        assertThat(all.indexes).containsExactly(0, 1, 2);
        assertThat(rest.indexes).containsExactly(1, 2);
    }

    @Test
    void aCancelledBatchEndsBehindItsLastResultWithWhatWasDone() throws Exception {
        Results results = new Results();
        BatchHandle batch = client.classifyBatch(THREE, results);
        String id = other.nextRecord().key();
        batch.cancel().get(20, TimeUnit.SECONDS);
        ConsumerRecord<String, byte[]> wish = other.nextRecord();
        assertThat(wish.key()).isEqualTo(id);
        assertThat(other.decode(wish, CancelRequest.class)).isNotNull();

        other.decide(id, part(id, 0), cancelled(id, 1));

        Failure failure = failureOf(batch);
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(BatchAnswer.summary(failure))
                .hasValueSatisfying(done -> assertThat(done.getDone()).isEqualTo(1));
        assertThat(results.indexes).containsExactly(0);
    }

    @Test
    void whatIsThereCanBeReadAtAnyTime() {
        String id = sent(THREE);
        other.decide(id, part(id, 0), progress(id, 0, 1));
        List<ImageResult> read = new ArrayList<>();

        BatchResults open = client.batchResults(id, read::add);
        assertThat(open.ended()).isEmpty();
        assertThat(open.nextPart()).isEqualTo(1);
        assertThat(client.findBatch(id))
                .hasValueSatisfying(state -> {
                    assertThat(state.request()).isInstanceOf(RequestState.Open.class);
                    assertThat(state.progress().orElseThrow().done()).isEqualTo(1);
                });

        other.decide(id, part(id, 1), part(id, 2), completed(id, 3));
        BatchResults whole = client.batchResults(id, 1, part -> read.addAll(part.getItems()));
        assertThat(whole.ended()).isPresent();
        assertThat(whole.nextPart()).isEqualTo(3);
        assertThat(read).extracting(ImageResult::getIndex).containsExactly(0, 1, 2);
        assertThat(client.findBatch(id).orElseThrow().request())
                .isInstanceOf(RequestState.Ended.class);
    }

    @Test
    void aRepeatedBatchIsAnsweredWithTheOriginalsResults() throws Exception {
        String original = sent(THREE);
        other.decide(original, part(original, 0), completed(original, 1));
        Results results = new Results();
        BatchHandle again = client.classifyBatch(THREE, results);
        String id = other.nextRecord().key();

        other.decide(id, duplicate(id, original));

        assertThat(again.answer().get(20, TimeUnit.SECONDS).requestId()).isEqualTo(original);
        assertThat(results.indexes).containsExactly(0);
    }

    @Test
    void whatIsNoBatchIsNotFound() {
        String chat = client.stream(ChatRequest.of("x"), new Recorded()).requestId();
        other.nextRecord();
        String unknown = RequestId.create(System.currentTimeMillis(), 1);

        assertThat(client.findBatch(chat)).isEmpty();
        assertThat(client.findBatch(unknown)).isEmpty();
        for (String id : List.of(chat, unknown)) {
            assertThat(failureOf(client.followBatch(id, new Results())).code())
                    .isEqualTo(ErrorCode.BATCH_NOT_FOUND);
            assertThatThrownBy(() -> client.batchResults(id, result -> {}))
                    .isInstanceOf(BrigadeException.class)
                    .hasMessageStartingWith("batch_not_found");
        }
    }

    @Test
    void aRecordThatCannotBeReadFailsTheBatchInsteadOfLeavingAGap() {
        BatchHandle batch = client.classifyBatch(THREE, new Results());
        String id = other.nextRecord().key();
        int partition = RequestId.parse(id).orElseThrow().replyPartition();

        other.publishBytes(
                Topics.RESULTS, partition, id, "garbage".getBytes(StandardCharsets.UTF_8));

        assertThat(failureOf(batch).code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void alongListBecomesAManifestThatAnyoneCanRead() {
        List<String> paths =
                IntStream.range(0, 30_000).mapToObj("scans/page-%06d.png"::formatted).toList();
        client.classifyBatch(ImageBatchRequest.ofPaths(paths), new Results());

        InferenceRequest request = other.decode(other.nextRecord(), InferenceRequest.class);

        ImageBatchInput input = (ImageBatchInput) request.getInput();
        assertThat(input.getPaths()).isEmpty();
        byte[] manifest = PayloadStores.open(folder.toString()).read(input.getManifest(), 10 << 20);
        assertThat(new String(manifest, StandardCharsets.UTF_8).lines()).hasSize(30_000);
    }

    @Test
    void closingTheClientEndsABatchWithoutAnOutcome() {
        BatchHandle batch = client.classifyBatch(THREE, new Results());
        other.nextRecord();

        client.close();

        assertThat(failureOf(batch).outcomeKnown()).isFalse();
    }

    private String sent(ImageBatchRequest request) {
        client.classifyBatch(request, new Results());
        return other.nextRecord().key();
    }

    private static Failure failureOf(BatchHandle batch) {
        try {
            throw new AssertionError("an answer: " + batch.answer().get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrigadeException known) {
                return known.failure();
            }
            throw new AssertionError("not a failure of the client", e);
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("no failure came", e);
        }
    }

    /** A part with one image, whose index is its number. */
    private static ResultPart part(String id, int number) {
        ImageResult result =
                ImageResult.newBuilder()
                        .setIndex(number)
                        .setClassification(
                                Classification.newBuilder()
                                        .setLabel("technical")
                                        .setConfidence(0.9)
                                        .build())
                        .build();
        return new ResultPart(id, number, "m", List.of(result), 1L);
    }

    private static Chunk progress(String id, int seq, int done) {
        return Chunk.newBuilder()
                .setRequestId(id)
                .setStage("batch")
                .setEpoch(new Epoch(0, 0, ""))
                .setSeq(seq)
                .setText("")
                .setTokens(0)
                .setModel("")
                .setIsFinal(false)
                .setProgress(
                        StageProgress.newBuilder()
                                .setDone(done)
                                .setFailed(0)
                                .setTotal(3)
                                .setPerSecond(2.5)
                                .build())
                .build();
    }

    private static Reply completed(String id, int parts) {
        return summarised(id, ReplyStatus.COMPLETED, parts).setModel("m").setText("").build();
    }

    private static Reply cancelled(String id, int parts) {
        return summarised(id, ReplyStatus.CANCELLED, parts)
                .setError(new ReplyError("cancelled", "by its sender", null, false))
                .build();
    }

    private static Reply duplicate(String id, String original) {
        return OtherSide.reply(id, ReplyStatus.REJECTED)
                .setError(new ReplyError("duplicate_request", "told", "idempotency_key", false))
                .setOriginalRequestId(original)
                .build();
    }

    private static Reply.Builder summarised(String id, ReplyStatus status, int parts) {
        return OtherSide.reply(id, status)
                .setOutput(
                        BatchSummary.newBuilder()
                                .setTotal(3)
                                .setDone(parts)
                                .setFailed(0)
                                .setLabels(Map.of("technical", (long) parts))
                                .setSeconds(1)
                                .setPerSecond(parts)
                                .setParts(parts)
                                .build());
    }

    private static final class Results implements BatchListener {

        private final List<Integer> indexes = new CopyOnWriteArrayList<>();
        private final List<BatchProgress> progress = new CopyOnWriteArrayList<>();

        @Override
        public void onProgress(BatchProgress now) {
            progress.add(now);
        }

        @Override
        public void onResults(List<ImageResult> results) {
            results.forEach(result -> indexes.add(result.getIndex()));
        }
    }
}
