package dev.brigade.client;

import static dev.brigade.client.BatchRecords.cancelled;
import static dev.brigade.client.BatchRecords.completed;
import static dev.brigade.client.BatchRecords.duplicateOf;
import static dev.brigade.client.BatchRecords.part;
import static dev.brigade.client.BatchRecords.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ReplyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchAssemblerTest {

    private final BatchAssembler assembler = new BatchAssembler(0);

    @Test
    void aBatchEndsWithItsTerminalAndAllParts() {
        assertThat(assembler.take(Records.ID, part(0))).isTrue();
        assembler.end(completed(2));
        assertThat(assembler.ending()).isEmpty();

        assertThat(assembler.take(Records.ID, part(1))).isTrue();

        assertThat(assembler.ending())
                .hasValueSatisfying(ending ->
                        assertThat(ending)
                                .isInstanceOfSatisfying(
                                        BatchEnding.Completed.class,
                                        whole -> {
                                            assertThat(whole.answer().model()).isEqualTo("m");
                                            assertThat(whole.answer().summary().getParts())
                                                    .isEqualTo(2);
                                        }));
    }

    @Test
    void aPartCountsOnce() {
        assembler.take(Records.ID, part(0));

        assertThat(assembler.take(Records.ID, part(0))).isFalse();
        assertThat(assembler.nextPart()).isEqualTo(1);
    }

    @Test
    void partsThatAreKeptNoLongerAreAFailure() {
        assertThatThrownBy(() -> assembler.take(Records.ID, part(1)))
                .isInstanceOfSatisfying(
                        BrigadeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.BATCH_NOT_FOUND));
    }

    @Test
    void partsBeforeTheFirstThatIsWantedAreLeftOut() {
        BatchAssembler later = new BatchAssembler(2);

        assertThat(later.take(Records.ID, part(0))).isFalse();
        assertThat(later.take(Records.ID, part(1))).isFalse();
        assertThat(later.take(Records.ID, part(2))).isTrue();
        later.end(completed(3));
        assertThat(later.ending()).isPresent();
    }

    @Test
    void aFirstPartBehindTheEndIsRefused() {
        BatchAssembler later = new BatchAssembler(4);
        later.end(completed(3));

        assertThat(failureOf(later).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aBatchThatWasCancelledEndsBehindItsLastResult() {
        assembler.end(cancelled(1));
        assertThat(assembler.ending()).isEmpty();
        assembler.take(Records.ID, part(0));

        Failure failure = failureOf(assembler);
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(failure.outcomeKnown()).isTrue();
        assertThat(failure.reply()).isNotNull();
    }

    @Test
    void aBatchThatNeverBeganEndsWithItsTerminal() {
        assembler.end(Records.failed(ReplyStatus.REJECTED, ErrorCode.MODEL_NOT_FOUND, "model"));

        assertThat(failureOf(assembler).code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void anAnswerToSomethingElseIsNoBatch() {
        assembler.end(Records.completed(Records.epoch(1, 1), "text"));

        assertThat(failureOf(assembler).code()).isEqualTo(ErrorCode.BATCH_NOT_FOUND);
    }

    @Test
    void aRepeatedBatchLeadsToItsOriginal() {
        assembler.end(duplicateOf("other"));

        assertThat(assembler.ending())
                .hasValueSatisfying(ending ->
                        assertThat(ending)
                                .isInstanceOfSatisfying(
                                        BatchEnding.Elsewhere.class,
                                        to ->
                                                assertThat(to.originalRequestId())
                                                        .isEqualTo("other")));
    }

    @Test
    void onlyTheNewestProgressIsToldAndOnlyOnce() {
        assembler.take(progress(1, 3));
        assembler.take(progress(0, 0));

        assertThat(assembler.newestProgress())
                .contains(new BatchProgress(3, 1, 9, 2.5, OptionalLong.of(700)));
        assertThat(assembler.newestProgress()).isEmpty();
        assembler.take(progress(1, 3));
        assertThat(assembler.newestProgress()).isEmpty();
        assembler.take(Records.chunk(Records.epoch(1, 1), 7, "no progress"));
        assertThat(assembler.newestProgress()).isEmpty();
    }

    @Test
    void progressWithoutAnEstimateSaysSo() {
        assembler.take(progress(0, 0));

        assertThat(assembler.newestProgress())
                .hasValueSatisfying(p -> assertThat(p.remainingMs()).isEmpty());
    }

    /** Parts in order with duplicates, the terminal anywhere: each part once, then the end. */
    @Test
    void inAnyHistoryEachPartIsTakenOnceAndTheEndComesLast() {
        long seed = Long.getLong("brigade.seed", 20_261_121);
        Random random = new Random(seed);
        for (int history = 0; history < 2000; history++) {
            int parts = random.nextInt(8);
            int terminalAt = random.nextInt(parts + 1);
            BatchAssembler any = new BatchAssembler(0);
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i <= parts; i++) {
                if (i == terminalAt) {
                    any.end(completed(parts));
                }
                assertThat(any.ending().isPresent())
                        .as("seed %d", seed)
                        .isEqualTo(i == parts && any.knowsTerminal());
                for (int again = random.nextInt(3); i < parts && again >= 0; again--) {
                    int number = again == 0 ? i : random.nextInt(i + 1);
                    if (any.take(Records.ID, part(number))) {
                        taken.add(number);
                    }
                }
            }
            assertThat(taken).as("seed %d", seed).hasSize(parts).isSorted().doesNotHaveDuplicates();
            assertThat(any.ending()).as("seed %d", seed).isPresent();
        }
    }

    private static Failure failureOf(BatchAssembler assembler) {
        if (assembler.ending().orElseThrow() instanceof BatchEnding.Failed failed) {
            return failed.failure();
        }
        throw new AssertionError("not failed: " + assembler.ending());
    }
}
