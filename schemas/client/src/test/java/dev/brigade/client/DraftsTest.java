package dev.brigade.client;

import static dev.brigade.client.Records.chunk;
import static dev.brigade.client.Records.draft;
import static dev.brigade.client.Records.epoch;
import static dev.brigade.client.Records.progress;
import static dev.brigade.client.Records.retracted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DraftsTest {

    private static final Epoch FIRST = epoch(1, 1);
    private static final Epoch SECOND = epoch(1, 2);
    private static final Epoch THIRD = epoch(2, 1);

    private final TextBudget budget = new TextBudget(1000);
    private final Drafts drafts = new Drafts(budget);
    private final Drafts.Told told = new Drafts.Told();

    @Test
    void draftsAreToldByStageInTheOrderInWhichStagesBegan() {
        take(draft("draft", FIRST, 0, "a"), draft("critique-1", FIRST, 0, "b"));
        take(draft("draft", FIRST, 1, "c"));

        assertThat(toldNow()).containsExactly(text("draft", "ac"), text("critique-1", "b"));
        assertThat(toldNow()).isEmpty();

        take(draft("draft", FIRST, 2, "d"));
        assertThat(toldNow()).containsExactly(text("draft", "d"));
    }

    @Test
    void textOfTheAnswerIsNoDraft() {
        take(chunk("refine", FIRST, 0, "answer"));

        assertThat(toldNow()).isEmpty();
    }

    @Test
    void aNewerAttemptBeginsFromNothingForThoseWhoSawTheOlder() {
        take(draft("draft", FIRST, 0, "ab"));
        assertThat(toldNow()).containsExactly(text("draft", "ab"));

        take(draft("draft", SECOND, 0, "ab"), draft("draft", FIRST, 1, "late"));
        assertThat(toldNow())
                .containsExactly(new StageUpdate.Restarted("draft", "m"), text("draft", "ab"));
    }

    @Test
    void whoSawNothingOfAnOlderAttemptIsNotToldOfIt() {
        take(draft("draft", FIRST, 0, "ab"), draft("draft", SECOND, 0, "x"));

        assertThat(toldNow()).containsExactly(text("draft", "x"));
    }

    @Test
    void twoNewerAttemptsInARowAreOneRestart() {
        take(draft("draft", FIRST, 0, "ab"));
        toldNow();
        take(draft("draft", SECOND, 0, "x"), draft("draft", THIRD, 0, "y"));

        assertThat(toldNow())
                .containsExactly(new StageUpdate.Restarted("draft", "m"), text("draft", "y"));
    }

    @Test
    void behindAGapADraftEnds() {
        take(draft("draft", FIRST, 0, "a"), draft("draft", FIRST, 2, "c"));
        take(draft("draft", FIRST, 1, "b"), draft("draft", FIRST, 3, "d"));

        assertThat(toldNow()).containsExactly(text("draft", "a"));
    }

    @Test
    void duplicatesAndTwinsOfAnAttemptAreIgnored() {
        take(draft("draft", FIRST, 0, "a"), draft("draft", FIRST, 0, "a"));
        take(draft("draft", new Epoch(1, 1, "twin"), 1, "x"), draft("draft", FIRST, 1, "b"));

        assertThat(toldNow()).containsExactly(text("draft", "ab"));
    }

    @Test
    void aRetractedDraftIsTakenBackAndLateChunksAreVoid() {
        take(draft("draft", FIRST, 0, "a"), draft("critique-1", FIRST, 0, "b"));
        toldNow();
        take(retracted("draft", FIRST), draft("draft", FIRST, 1, "late"));

        assertThat(toldNow()).containsExactly(new StageUpdate.Retracted("draft", "m"));
        assertThat(toldNow()).isEmpty();
        assertThat(budget.left()).as("late chunks are not kept").isEqualTo(998);
    }

    @Test
    void aRetractionOfAnOlderAttemptTakesTheNewerOneBackToo() {
        take(draft("draft", SECOND, 0, "a"));
        toldNow();
        take(retracted("draft", FIRST), draft("draft", SECOND, 1, "late"));

        assertThat(toldNow()).containsExactly(new StageUpdate.Retracted("draft", "m"));
    }

    @Test
    void aRetractionOfANewerAttemptTakesTheOlderOneBack() {
        take(draft("draft", FIRST, 0, "a"));
        toldNow();
        take(retracted("draft", SECOND), draft("draft", SECOND, 0, "late"));

        assertThat(toldNow()).containsExactly(new StageUpdate.Retracted("draft", "m"));
    }

    @Test
    void whoSawNothingOfARetractedDraftIsToldNothing() {
        take(draft("draft", FIRST, 0, "a"), retracted("draft", FIRST));

        assertThat(toldNow()).isEmpty();
    }

    @Test
    void anAttemptBehindARetractionBeginsFromNothing() {
        take(draft("draft", FIRST, 0, "a"));
        toldNow();
        take(retracted("draft", FIRST));
        toldNow();
        take(draft("draft", THIRD, 0, "b"));

        assertThat(toldNow())
                .containsExactly(new StageUpdate.Restarted("draft", "m"), text("draft", "b"));
    }

    @Test
    void onlyTheNewestProgressIsTold() {
        take(progress(0, 0, 0, 3), progress(1, 1, 0, 3), progress(0, 0, 0, 3));

        assertThat(drafts.next(told))
                .contains(new OpenRequest.Step.Progress(new MapProgress(1, 0, 3)));
        assertThat(drafts.next(told)).isEmpty();

        take(progress(1, 1, 0, 3), progress(2, 1, 1, 3));
        assertThat(drafts.next(told))
                .contains(new OpenRequest.Step.Progress(new MapProgress(1, 1, 3)));
    }

    @Test
    void draftsLeaveHalfOfTheBudgetToAnswers() {
        take(draft("draft", FIRST, 0, "x".repeat(400)), draft("draft", FIRST, 1, "y".repeat(101)));
        take(draft("draft", FIRST, 2, "z"), draft("critique-1", FIRST, 0, "w".repeat(100)));

        assertThat(toldNow())
                .containsExactly(
                        text("draft", "x".repeat(400)), text("critique-1", "w".repeat(100)));
        assertThat(budget.left()).isEqualTo(500);
        assertThat(budget.tryTake(500)).isTrue();
    }

    @Test
    void aNewerAttemptTakesTheOlderOnesPlace() {
        take(draft("draft", FIRST, 0, "x".repeat(500)), draft("draft", SECOND, 0, "y".repeat(500)));

        assertThat(toldNow()).containsExactly(text("draft", "y".repeat(500)));
        drafts.end();
        drafts.end();
        assertThat(budget.left()).isEqualTo(1000);
    }

    @Test
    void behindTheEndWhatWasTakenIsStillTold() {
        take(draft("draft", FIRST, 0, "a"));
        drafts.end();
        take(draft("draft", FIRST, 1, "b"));

        assertThat(toldNow()).containsExactly(text("draft", "a"));
    }

    @Test
    void stagesWithoutEndAreIgnoredInTheEnd() {
        for (int i = 0; i < 2 * Drafts.MAX_STAGES; i++) {
            take(draft("item-" + i, FIRST, 0, ""));
        }
        take(draft("one more", FIRST, 0, "a"), draft("item-0", FIRST, 1, "b"));

        assertThat(toldNow()).containsExactly(text("item-0", "b"));
    }

    @Test
    void whileHistoryIsReplayedNothingIsTold() {
        drafts.hold();
        take(draft("draft", FIRST, 0, "a"));
        assertThat(toldNow()).isEmpty();

        take(draft("draft", SECOND, 0, "b"));
        drafts.release();
        assertThat(toldNow()).containsExactly(text("draft", "b"));
    }

    private void take(Chunk... chunks) {
        for (Chunk chunk : chunks) {
            drafts.take(chunk);
        }
    }

    private List<StageUpdate> toldNow() {
        List<StageUpdate> all = new ArrayList<>();
        Optional<OpenRequest.Step> step = drafts.next(told);
        while (step.orElse(null) instanceof OpenRequest.Step.Draft next) {
            all.add(next.update());
            step = drafts.next(told);
        }
        assertThat(step).isEmpty();
        return all;
    }

    private static StageUpdate text(String stage, String text) {
        return new StageUpdate.Text(stage, "m", text);
    }
}
