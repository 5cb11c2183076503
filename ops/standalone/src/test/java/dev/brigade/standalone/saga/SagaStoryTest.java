package dev.brigade.standalone.saga;

import static dev.brigade.standalone.saga.TestingLog.ARRIVED;
import static dev.brigade.standalone.saga.TestingLog.SECRET;
import static dev.brigade.standalone.saga.TestingLog.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SagaStoryTest {

    private static final String ID = "r1";

    private final TestingLog log = new TestingLog(ID);

    @Test
    void tellsNothingOfARequestThatIsNotThere() {
        assertThat(SagaStory.tell(ID, List.of(), false)).isEmpty();
    }

    @Test
    void tellsAnOpenRequestAsFarAsItIs() {
        log.asked()
                .released("draft", 1, 5)
                .started("draft", 1, "w1", 8)
                .finished("draft", 1, "w1", "a draft", 30)
                .released("refine", 1, 32)
                .started("refine", 1, "w2", 35)
                .released("validate", 1, 40);

        Saga saga = tell();

        assertThat(saga.arrivedAt()).isEqualTo(Instant.ofEpochMilli(ARRIVED));
        assertThat(saga.terminals()).isEmpty();
        assertThat(saga.report()).isEmpty();
        assertThat(saga.stages())
                .extracting(Saga.Stage::stage, Saga.Stage::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("draft", "done"),
                        org.assertj.core.groups.Tuple.tuple("refine", "running"),
                        org.assertj.core.groups.Tuple.tuple("validate", "released"));
        Saga.Stage draft = saga.stages().getFirst();
        assertThat(draft.releasedMs()).hasValue(5);
        assertThat(draft.startedMs()).hasValue(8);
        assertThat(draft.finishedMs()).hasValue(30);
        assertThat(draft.tokens()).contains(new Saga.Tokens(10, 5));
    }

    @Test
    void tellsEveryAttemptOfAStageAndWhichWon() {
        log.asked()
                .released("draft", 1, 5)
                .started("draft", 1, "w1", 8)
                .failed("draft", 1, "w1", "engine_error", 20)
                .released("draft", 2, 22)
                .started("draft", 2, "w2", 25)
                .finished("draft", 2, "w2", "a draft", 60);

        Saga.Stage draft = tell().stages().getFirst();

        assertThat(draft.status()).isEqualTo("done");
        assertThat(draft.releasedMs()).hasValue(5);
        assertThat(draft.startedMs()).hasValue(25);
        assertThat(draft.attempts())
                .containsExactly(
                        new Saga.Attempt(
                                1,
                                1,
                                "w1",
                                OptionalLong.of(8),
                                OptionalLong.of(20),
                                "engine_error"),
                        new Saga.Attempt(
                                2, 1, "w2", OptionalLong.of(25), OptionalLong.of(60), "finished"));
    }

    @Test
    void theReportCountsBeforeTheEventsAndGivesTheOrder() {
        log.asked()
                .started("refine", 1, "w1", 50)
                .finished("refine", 1, "w1", "the answer", 60)
                .completed(
                        "the answer",
                        90,
                        TestingLog.report("draft", "done"),
                        TestingLog.report("refine", "rejected"));

        Saga saga = tell();

        assertThat(saga.stages()).extracting(Saga.Stage::stage).containsExactly("draft", "refine");
        Saga.Stage refine = saga.stages().getLast();
        assertThat(refine.status()).isEqualTo("rejected");
        assertThat(refine.startedMs()).hasValue(11);
        assertThat(refine.finishedMs()).hasValue(33);
        assertThat(refine.score()).contains(0.75);
        assertThat(refine.prompt()).contains("pipeline/refine@1");
        assertThat(refine.attempts()).hasSize(1);
        Saga.Report report = saga.report().orElseThrow();
        assertThat(report.decisions()).containsExactly("validate accepted the text");
        assertThat(report.skipped()).containsExactly(new Saga.Skip("refine-2", "deadline"));
        assertThat(saga.terminals())
                .singleElement()
                .satisfies(terminal -> {
                    assertThat(terminal.status()).isEqualTo("completed");
                    assertThat(terminal.atMs()).isEqualTo(90);
                    assertThat(terminal.tokens()).contains(new Saga.Tokens(30, 15));
                });
    }

    @Test
    void promptsAndAnswersAreToldOnlyWhenAskedFor() {
        log.asked()
                .started("draft", 1, "w1", 50)
                .finished("draft", 1, "w1", "a private draft", 60)
                .completed("the private answer", 90, TestingLog.report("draft", "done"));

        assertThat(tell().toString())
                .doesNotContain(SECRET, "Be brief", "private", "agreed sentence");
        assertThat(SagaStory.tell(ID, log.entries(), true).orElseThrow().toString())
                .contains(SECRET, "Be brief", "a private draft", "the private answer")
                .contains("agreed sentence");
    }

    @Test
    void tellsCompensationsNewestFirstWithEveryAttemptAndAnswer() {
        log.asked()
                .compensation(Topics.COMPENSATIONS, "refine", 0, 1, 100)
                .compensation(Topics.COMPENSATIONS, "draft", 1, 1, 100)
                .compensation(TOPIC, "refine", 0, 1, 100)
                .compensation(TOPIC, "refine", 0, 2, 300)
                .compensation(TOPIC, "draft", 1, 1, 450)
                .answered("refine", 1, false, 200)
                .answered("refine", 2, true, 400);

        List<Saga.Undo> undone = tell().compensations();

        assertThat(undone).extracting(Saga.Undo::stage).containsExactly("refine", "draft");
        assertThat(undone).extracting(Saga.Undo::state).containsExactly("done", "sent");
        assertThat(undone.getFirst().steps())
                .extracting(step -> step.atMs() + " " + step.what() + " " + step.attempt())
                .containsExactly(
                        "100 issued 1", "100 sent 1", "200 failed 1", "300 sent 2", "400 done 2");
        assertThat(undone.getFirst().steps().get(2).message()).contains("busy");
        assertThat(undone.getFirst().actions())
                .containsExactly("refund 15 tokens", "undo the effect by effects");
    }

    @Test
    void aParkedCompensationIsParkedUntilItIsAnsweredAfterAll() {
        log.asked()
                .compensation(Topics.COMPENSATIONS, "draft", 0, 1, 100)
                .compensation(TOPIC, "draft", 0, 3, 200)
                .compensation(Topics.DEAD_LETTERS, "draft", 0, 3, 300);
        assertThat(tell().compensations().getFirst().state()).isEqualTo("parked");

        log.answered("draft", 1, false, 600);
        assertThat(tell().compensations().getFirst().state()).isEqualTo("parked");

        log.compensation(TOPIC, "draft", 0, 3, 900);
        assertThat(tell().compensations().getFirst().state()).isEqualTo("sent");

        log.answered("draft", 3, true, 950);
        assertThat(tell().compensations().getFirst().state()).isEqualTo("done");
        assertThat(tell().deadLetters()).isEmpty();
    }

    @Test
    void oneThatWasIssuedAndNotSentYetIsWaiting() {
        log.compensation(Topics.COMPENSATIONS, "draft", 1, 1, 100);

        assertThat(tell().compensations().getFirst().state()).isEqualTo("waiting");
    }

    @Test
    void showsMoreTerminalsThanThereMayBe() {
        log.asked().failedWhole("cancelled", 10).failedWhole("cancelled", 20);

        assertThat(tell().terminals()).hasSize(2);
        assertThat(SagaPage.of(tell())).contains("MORE THAN ONE TERMINAL");
    }

    @Test
    void tellsCancellationAndDeadLetters() {
        log.asked()
                .add(Topics.REQUESTS, 70, new CancelRequest())
                .add(
                        Topics.DEAD_LETTERS,
                        80,
                        TestingLog.request(),
                        Map.of(
                                HeaderNames.REASON,
                                "poison",
                                HeaderNames.DLT_ORIGINAL_TOPIC,
                                Topics.REQUESTS));

        assertThat(tell().cancelAskedMs()).hasValue(70);
        assertThat(tell().deadLetters())
                .containsExactly(
                        new Saga.DeadLetter(80, "poison", java.util.Optional.of(Topics.REQUESTS)));
    }

    @Test
    void withoutTheRequestTimesCountFromWhenTheDispatcherTookIt() {
        log.completed("text", 103, TestingLog.report("draft", "done"));

        Saga saga = tell();

        assertThat(saga.request()).isEmpty();
        assertThat(saga.arrivedAt()).isEqualTo(Instant.ofEpochMilli(ARRIVED + 3));
        assertThat(saga.terminals().getFirst().atMs()).isEqualTo(100);
    }

    private Saga tell() {
        return SagaStory.tell(ID, log.entries(), false).orElseThrow();
    }
}
