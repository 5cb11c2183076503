package dev.brigade.client;

import static dev.brigade.client.BatchRecords.completed;
import static dev.brigade.client.BatchRecords.duplicateOf;
import static dev.brigade.client.BatchRecords.part;
import static dev.brigade.client.BatchRecords.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ImageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OpenBatchTest {

    private final List<String> calls = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final OpenBatch batch = open(new Log());

    @Test
    void resultsComeInOrderThenTheNewestProgressThenTheEnd() {
        batch.take(List.of(progress(0, 0), part(0), progress(1, 1), part(1), part(1)));
        assertThat(calls).containsExactly("0", "1", "1 done");
        assertThat(batch.answer()).isNotDone();

        batch.take(List.of(completed(3)));
        assertThat(batch.answer()).isNotDone();
        batch.take(List.of(progress(2, 3), part(2)));

        assertThat(calls).containsExactly("0", "1", "1 done", "2", "3 done");
        assertThat(batch.answer()).isCompletedWithValueMatching(a -> a.summary().getParts() == 3);
        assertThat(batch.stored()).isCompleted();
        assertThat(batch.reading()).isFalse();
    }

    @Test
    void aListenerThatThrowsIsCalledNoMoreAndTheBatchEndsAllTheSame() {
        List<Integer> seen = new ArrayList<>();
        OpenBatch failing =
                open(
                        new BatchListener() {
                            @Override
                            public void onResults(List<ImageResult> results) {
                                seen.add(results.getFirst().getIndex());
                                throw new IllegalStateException("a bug of the application");
                            }
                        });

        failing.take(List.of(part(0), part(1), completed(2)));

        assertThat(seen).containsExactly(0);
        assertThat(failing.answer()).isCompleted();
    }

    @Test
    void aDetachedBatchIsReadNoMore() {
        batch.take(List.of(part(0)));
        batch.detach();
        batch.take(List.of(part(1)));

        assertThat(calls).containsExactly("0");
        assertThat(batch.reading()).isFalse();
        assertThat(failure().outcomeKnown()).isFalse();
    }

    @Test
    void aRepeatedBatchGoesOnWithItsOriginal() {
        batch.take(List.of(duplicateOf("original")));
        assertThat(batch.reading()).isFalse();
        assertThat(batch.answer()).isNotDone();

        assertThat(batch.moveOn()).contains("original");
        assertThat(batch.moveOn()).isEmpty();
        batch.cancel().join();
        batch.take(List.of(part(0), completed(1)));

        assertThat(cancelled).containsExactly("original");
        assertThat(calls).containsExactly("0");
        assertThat(batch.answer()).isCompleted();
    }

    @Test
    void aPartThatCannotBeReadFailsTheBatchAndProgressThatCannotDoesNot() {
        batch.take(List.of(new RequestRecords.Unreadable(Topics.TOKENS, 0, 1), part(0)));
        assertThat(batch.reading()).isTrue();

        batch.take(List.of(new RequestRecords.Unreadable(Topics.RESULTS, 0, 7), part(1)));

        assertThat(calls).containsExactly("0");
        assertThat(failure().code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(failure().message()).contains("inference.results-0@7");
    }

    @Test
    void missingPartsReachTheThreadThatReads() {
        assertThatThrownBy(() -> batch.take(List.of(part(3))))
                .isInstanceOf(BrigadeException.class)
                .hasMessageContaining("batch_not_found");
    }

    private OpenBatch open(BatchListener listener) {
        return new OpenBatch(
                Records.ID,
                0,
                listener,
                id -> {
                    cancelled.add(id);
                    return CompletableFuture.completedFuture(null);
                });
    }

    private Failure failure() {
        try {
            throw new AssertionError("an answer: " + batch.answer().join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof BrigadeException known) {
                return known.failure();
            }
            throw new AssertionError("not a failure of the client", e);
        }
    }

    private final class Log implements BatchListener {

        @Override
        public void onProgress(BatchProgress progress) {
            calls.add(progress.done() + " done");
        }

        @Override
        public void onResults(List<ImageResult> results) {
            results.forEach(result -> calls.add("" + result.getIndex()));
        }
    }
}
