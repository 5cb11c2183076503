package dev.brigade.client;

import static dev.brigade.client.Records.chunk;
import static dev.brigade.client.Records.completed;
import static dev.brigade.client.Records.draft;
import static dev.brigade.client.Records.epoch;
import static dev.brigade.client.Records.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyAssemblerTest {

    private static final Epoch FIRST = epoch(1, 1);
    private static final Epoch REDELIVERED = epoch(1, 2);
    private static final Epoch REDISPATCHED = epoch(2, 1);

    private final TextBudget budget = new TextBudget(1000);
    private final ReplyAssembler assembler = new ReplyAssembler(budget);

    @Test
    void chunksOfOneAttemptAreShownInOrder() {
        take(chunk(FIRST, 0, "Hel"), chunk(FIRST, 1, "lo"));

        assertThat(shown()).isEqualTo("Hello");
        assertThat(assembler.model()).isEqualTo("m");
        assertThat(assembler.ending()).isNull();
    }

    @Test
    void aDuplicateChunkIsIgnored() {
        take(
                chunk(FIRST, 0, "a"),
                chunk(FIRST, 1, "b"),
                chunk(FIRST, 0, "a"),
                chunk(FIRST, 1, "b"));
        take(chunk(FIRST, 2, "c"));

        assertThat(shown()).isEqualTo("abc");
    }

    @Test
    void behindAGapNothingIsShownUntilTheTerminal() {
        take(chunk(FIRST, 0, "a"), chunk(FIRST, 2, "c"), chunk(FIRST, 1, "b"));
        assertThat(shown()).isEqualTo("a");

        assertCompleted(assembler.end(completed(FIRST, "abc")), "abc");
        assertThat(shown()).isEqualTo("abc");
    }

    @Test
    void lateChunksOfAnOlderAttemptNeverMixIn() {
        take(chunk(FIRST, 0, "old"), chunk(REDISPATCHED, 0, "old"), chunk(FIRST, 1, " late"));
        take(chunk(REDISPATCHED, 1, " new"));

        assertThat(shown()).isEqualTo("old new");
    }

    @Test
    void aHigherDeliveryIsNewerWithinADispatchOnly() {
        take(chunk(REDISPATCHED, 0, "x"), chunk(REDELIVERED, 0, "y"), chunk(REDISPATCHED, 1, "z"));

        assertThat(shown()).isEqualTo("xz");
    }

    @Test
    void anotherAttemptWithTheSameNumbersIsIgnored() {
        Epoch twin = new Epoch(1, 1, "another id");
        take(chunk(FIRST, 0, "a"), chunk(twin, 1, "b"), chunk(twin, 0, "c"), chunk(FIRST, 1, "d"));

        assertThat(shown()).isEqualTo("ad");
    }

    @Test
    void aNewAttemptGoesOnBehindTextThatRepeatsWhatWasShown() {
        take(chunk(FIRST, 0, "The sky"), chunk(FIRST, 1, " is"));
        take(chunk(REDELIVERED, 0, "Th"), chunk(REDELIVERED, 1, "e sky is bl"));
        assertThat(shown()).isEqualTo("The sky is bl");

        take(chunk(REDELIVERED, 2, "ue"));
        assertThat(shown()).isEqualTo("The sky is blue");
    }

    @Test
    void aNewAttemptThatDiffersShowsNothingMore() {
        take(chunk(FIRST, 0, "The sky"));
        take(chunk(REDELIVERED, 0, "The sea"), chunk(REDELIVERED, 1, " is wet and deep"));

        assertThat(shown()).isEqualTo("The sky");
    }

    @Test
    void aThirdAttemptMayGoOnWhereTheSecondDiffered() {
        take(chunk(FIRST, 0, "ab"), chunk(REDELIVERED, 0, "xy"), chunk(REDELIVERED, 1, "z"));
        take(chunk(REDISPATCHED, 0, "abc"));

        assertThat(shown()).isEqualTo("abc");
    }

    @Test
    void theTerminalIsTheTruthWhenWhatWasShownIsItsBeginning() {
        take(chunk(FIRST, 0, "ab"), chunk(REDELIVERED, 0, "xy"));

        assertCompleted(assembler.end(completed(REDISPATCHED, "abc")), "abc");
        assertThat(assembler.shownFrom(2)).isEqualTo("c");
    }

    @Test
    void shownTextThatTheTerminalDoesNotRepeatIsALostAttempt() {
        take(chunk(FIRST, 0, "ab"));
        Reply reply = completed(REDELIVERED, "xyz");

        assertThat(assembler.end(reply))
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> {
                            assertThat(failed.failure().code()).isEqualTo(ErrorCode.ATTEMPT_LOST);
                            assertThat(failed.failure().outcomeKnown()).isTrue();
                            assertThat(failed.failure().reply()).isEqualTo(reply);
                        });
        assertThat(shown()).isEqualTo("ab");
    }

    @Test
    void aShorterTerminalIsALostAttempt() {
        take(chunk(FIRST, 0, "abc"));

        assertThat(codeOf(assembler.end(completed(FIRST, "ab")))).isEqualTo(ErrorCode.ATTEMPT_LOST);
    }

    @Test
    void aTerminalBeforeTheLastChunksBringsTheWholeText() {
        take(chunk(FIRST, 0, "ab"));
        assertCompleted(assembler.end(completed(FIRST, "abcd")), "abcd");
        take(chunk(FIRST, 1, "cd"), chunk(REDISPATCHED, 0, "other"));

        assertThat(shown()).isEqualTo("abcd");
    }

    @Test
    void aTerminalWithoutAnyChunkBringsTheWholeText() {
        assertCompleted(assembler.end(completed(FIRST, "abcd")), "abcd");
        assertThat(shown()).isEqualTo("abcd");
    }

    @Test
    void onlyTheFirstTerminalCounts() {
        Ending first = assembler.end(completed(FIRST, "a"));

        assertThat(assembler.end(completed(FIRST, "b"))).isSameAs(first);
        assertThat(assembler.fail(Failure.certain(null, ErrorCode.NOT_READY, "late")))
                .isSameAs(first);
        assertThat(shown()).isEqualTo("a");
    }

    @Test
    void draftsOfOtherStagesAreNotShown() {
        take(draft("critique-1", FIRST, 0, "draft"), chunk(FIRST, 0, "answer"));

        assertThat(shown()).isEqualTo("answer");
    }

    @Test
    void aStageOfAnyNameThatIsFinalIsTheAnswer() {
        take(draft("draft", FIRST, 0, "no"), chunk("reconcile", FIRST, 0, "yes"));

        assertThat(shown()).isEqualTo("yes");
    }

    @Test
    void progressIsNoText() {
        Chunk counted = progress(0, 1, 0, 2);
        take(Chunk.newBuilder(counted).setIsFinal(true).setText("1 of 2").build());

        assertThat(shown()).isEmpty();
        assertThat(assembler.model()).isNull();
    }

    @Test
    void draftsAloneLeaveTheWholeTextToTheTerminal() {
        take(draft("draft", FIRST, 0, "some draft"), draft("revise-1", FIRST, 0, "another"));

        assertCompleted(assembler.end(completed(FIRST, "another")), "another");
        assertThat(shown()).isEqualTo("another");
    }

    @Test
    void anotherFinalStageGoesOnOnlyBehindTextThatRepeatsWhatWasShown() {
        take(chunk("refine", REDISPATCHED, 0, "ab"), chunk("refine-2", FIRST, 0, "abc"));
        take(chunk("refine", REDISPATCHED, 1, "XX"), chunk("refine-2", FIRST, 1, "d"));

        assertThat(shown()).isEqualTo("abcd");
    }

    @Test
    void anotherFinalStageThatDiffersShowsNothingMore() {
        take(chunk("refine", FIRST, 0, "ab"), chunk("refine-2", FIRST, 0, "xyz"));
        take(chunk("refine", FIRST, 1, "cd"), chunk("refine", REDISPATCHED, 0, "abcd"));
        assertThat(shown()).isEqualTo("ab");

        assertThat(codeOf(assembler.end(completed(FIRST, "xyz"))))
                .isEqualTo(ErrorCode.ATTEMPT_LOST);
    }

    @Test
    void finalStagesWithoutEndAreIgnoredInTheEnd() {
        for (int i = 0; i < 100; i++) {
            take(chunk("stage-" + i, FIRST, 0, "x".repeat(i + 1)));
        }

        assertThat(shown()).isEqualTo("x".repeat(16));
    }

    @Test
    void retractedTextStaysShownAndMustBeRepeated() {
        Chunk back = Chunk.newBuilder(chunk(FIRST, 1, "")).setRetracted(true).build();
        take(chunk(FIRST, 0, "ab"), back, chunk(FIRST, 2, "abc"));
        assertThat(shown()).isEqualTo("abc");

        Chunk again = Chunk.newBuilder(chunk(FIRST, 3, "x")).setRetracted(true).build();
        take(again, chunk(FIRST, 4, "abcd"));
        assertThat(shown()).isEqualTo("abc");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeComesThrough(ErrorCode code) {
        Ending ending = assembler.end(Records.failed(ReplyStatus.FAILED, code, "field"));

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> {
                            assertThat(failed.failure().code()).isEqualTo(code);
                            assertThat(failed.failure().param()).isEqualTo("field");
                            assertThat(failed.failure().message()).isEqualTo("told so");
                            assertThat(failed.failure().retriable()).isEqualTo(code.retriable());
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, CANCELLED",
        "EXPIRED, DEADLINE_EXCEEDED",
        "REJECTED, INVALID_REQUEST",
        "FAILED, INTERNAL_ERROR"
    })
    void aTerminalWithoutAnErrorIsToldByItsStatus(ReplyStatus status, ErrorCode code) {
        assertThat(codeOf(assembler.end(Records.reply(status).build()))).isEqualTo(code);
    }

    @Test
    void aCodeOfANewerVersionIsAnInternalErrorWithItsMessage() {
        Reply reply =
                Records.reply(ReplyStatus.FAILED)
                        .setError(new ReplyError("of_the_future", "told so", null, true))
                        .build();

        assertThat(codeOf(assembler.end(reply))).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void aDuplicateIsAnsweredByItsOriginal() {
        Reply reply =
                Reply.newBuilder(
                                Records.failed(
                                        ReplyStatus.REJECTED,
                                        ErrorCode.DUPLICATE_REQUEST,
                                        "idempotency_key"))
                        .setOriginalRequestId("original")
                        .build();

        assertThat(assembler.end(reply))
                .isInstanceOfSatisfying(
                        Ending.Elsewhere.class,
                        elsewhere ->
                                assertThat(elsewhere.originalRequestId()).isEqualTo("original"));
    }

    @Test
    void aStreamOverTheBudgetIsSilentUntilTheTerminal() {
        ReplyAssembler small = new ReplyAssembler(new TextBudget(3));
        small.take(chunk(FIRST, 0, "ab"));
        small.take(chunk(FIRST, 1, "cd"));
        small.take(chunk(FIRST, 2, "e"));
        assertThat(small.shownFrom(0)).isEqualTo("ab");

        assertCompleted(small.end(completed(FIRST, "abcde")), "abcde");
    }

    @Test
    void theBudgetIsGivenBackAtTheEnd() {
        take(chunk(FIRST, 0, "abc"), chunk(REDELIVERED, 0, "abcd"));
        assertThat(budget.left()).isEqualTo(996);

        assembler.end(completed(FIRST, "abcd"));
        assertThat(budget.left()).isEqualTo(1000);
    }

    @Test
    void whileHistoryIsReplayedANewAttemptReplacesWhatTheReaderDoesNotHave() {
        assembler.hold(2);
        take(chunk(FIRST, 0, "abXX"), chunk(REDELIVERED, 0, "ab"), chunk(REDELIVERED, 1, "cd"));
        assertThat(shown()).isEqualTo("ab");

        assembler.release();
        assertThat(shown()).isEqualTo("abcd");
    }

    @Test
    void whileHistoryIsReplayedWhatTheReaderHasStillCounts() {
        assembler.hold(3);
        take(chunk(FIRST, 0, "abXX"), chunk(REDELIVERED, 0, "abcd"));
        assembler.release();

        assertThat(shown()).isEqualTo("abX");
        assertThat(codeOf(assembler.end(completed(REDELIVERED, "abcd"))))
                .isEqualTo(ErrorCode.ATTEMPT_LOST);
    }

    private void take(Chunk... chunks) {
        for (Chunk chunk : chunks) {
            assembler.take(chunk);
        }
    }

    private String shown() {
        return assembler.shownFrom(0);
    }

    private static void assertCompleted(Ending ending, String text) {
        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Completed.class,
                        completed -> assertThat(completed.answer().text()).isEqualTo(text));
    }

    private static ErrorCode codeOf(Ending ending) {
        assertThat(ending).isInstanceOf(Ending.Failed.class);
        return ((Ending.Failed) ending).failure().code();
    }
}
