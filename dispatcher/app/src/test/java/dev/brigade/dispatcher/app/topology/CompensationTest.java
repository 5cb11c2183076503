package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.RefundTokens;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.RetractDraft;
import dev.brigade.schema.UndoEffect;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What a failed saga leaves behind is undone: within, and by participants outside. */
final class CompensationTest extends SagaTest {

    /** As long as a participant may be silent. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    @Test
    void eachCompletedStageOfAFailedSagaIsUndoneNewestFirst() {
        fail(OrchestrationTest.in("pipeline"));

        List<Compensation> undone = dispatcher.all(Topics.COMPENSATIONS, Compensation.class);
        assertThat(undone)
                .extracting(Compensation::getCompensationId)
                .containsExactly("r1/refine", "r1/draft");
        assertThat(undone).extracting(Compensation::getOrder).containsExactly(0, 1);
        assertThat(undone).extracting(Compensation::getReason).containsOnly("failed");
        assertThat(undone).extracting(Compensation::getAttempt).containsOnly(1);
        assertThat(undone.getFirst().getActions())
                .filteredOn(RefundTokens.class::isInstance)
                .first()
                .extracting(refund -> ((RefundTokens) refund).getUsage().getCompletionTokens())
                .isEqualTo(2);
        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.FAILED);
        assertThat(reply.getOrchestration().getCompensated()).containsExactly("refine", "draft");
        assertThat(dispatcher.records(TestDispatcher.EFFECTS)).isEmpty();
    }

    @Test
    void aCancelledSagaIsUndoneToo() {
        dispatcher.send(Topics.REQUESTS, "r1", OrchestrationTest.in("pipeline"));
        workers.finish(workers.job(), "by draft");
        dispatcher.send(Topics.REQUESTS, "r1", new CancelRequest(null));

        assertThat(dispatcher.only(Topics.COMPENSATIONS, Compensation.class).getReason())
                .isEqualTo("cancelled");
    }

    @Test
    void draftsThatWerePublishedAreTakenBack() {
        fail(
                InferenceRequest.newBuilder(OrchestrationTest.in("pipeline"))
                        .setStreamStages(true)
                        .build());

        List<Chunk> chunks = dispatcher.all(Topics.TOKENS, Chunk.class);
        assertThat(chunks).extracting(Chunk::getStage).containsExactly("refine", "draft");
        assertThat(chunks)
                .allSatisfy(chunk -> {
                    assertThat(chunk.getRetracted()).isTrue();
                    assertThat(chunk.getIsFinal()).isFalse();
                    assertThat(chunk.getText()).isEmpty();
                });
        assertThat(dispatcher.all(Topics.COMPENSATIONS, Compensation.class))
                .allSatisfy(compensation ->
                        assertThat(compensation.getActions())
                                .anyMatch(RetractDraft.class::isInstance));
    }

    @Test
    void participantsUndoOneAfterTheOther() {
        fail(withEffects());
        assertThat(dispatcher.all(Topics.COMPENSATIONS, Compensation.class)).hasSize(2);
        Compensation first = effect();
        assertThat(first.getStage()).isEqualTo("refine");
        assertThat(first.getActions()).contains(new UndoEffect(TestDispatcher.EFFECTS));

        answer(first, true);
        Compensation second = effect();
        assertThat(second.getStage()).isEqualTo("draft");

        answer(first, true);
        answer(second, true);
        dispatcher.advance(Duration.ofHours(1));
        assertThat(dispatcher.records(TestDispatcher.EFFECTS)).isEmpty();
        assertThat(dispatcher.records(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aParticipantThatFailsIsAskedAgainAfterAPause() {
        fail(withEffects());
        answer(effect(), false);
        assertThat(dispatcher.records(TestDispatcher.EFFECTS)).isEmpty();

        dispatcher.advance(Duration.ofMillis(1_001));

        Compensation again = effect();
        assertThat(again.getCompensationId()).isEqualTo("r1/refine");
        assertThat(again.getAttempt()).isEqualTo(2);
        answer(again, true);
        assertThat(effect().getStage()).isEqualTo("draft");
    }

    @Test
    void whatNobodyUndoesIsParkedAndTheRestGoesOn() {
        fail(withEffects());
        for (int attempt = 1; attempt < 5; attempt++) {
            assertThat(effect().getAttempt()).isEqualTo(attempt);
            dispatcher.advance(SILENCE.plusMillis(1));
            dispatcher.advance(Duration.ofSeconds(60));
        }
        Compensation last = effect();
        dispatcher.advance(SILENCE.plusMillis(1));

        TestRecord<String, byte[]> letter = dispatcher.records(Topics.DEAD_LETTERS).getFirst();
        assertThat(letter.key()).isEqualTo("r1");
        assertThat(TestDispatcher.text(letter, HeaderNames.REASON))
                .isEqualTo("compensation_failed");
        assertThat(TestDispatcher.text(letter, HeaderNames.DLT_ORIGINAL_TOPIC))
                .isEqualTo(TestDispatcher.EFFECTS);
        assertThat(dispatcher.decoded(letter.value(), Compensation.class)).isEqualTo(last);
        assertThat(effect().getStage()).isEqualTo("draft");
    }

    @Test
    void aTopicThatIsMissingIsAParticipantThatIsSilent() {
        dispatcher.foreignTopics.clear();
        fail(withEffects());
        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getStatus())
                .isEqualTo(ReplyStatus.FAILED);
        dispatcher.advance(SILENCE.plusMillis(1));
        assertThat(dispatcher.records(TestDispatcher.EFFECTS)).isEmpty();

        dispatcher.foreignTopics.put(TestDispatcher.EFFECTS, 1 << 20);
        dispatcher.advance(Duration.ofSeconds(2));

        assertThat(effect().getAttempt()).isEqualTo(2);
    }

    @Test
    void aTopicThatStaysMissingEndsInDeadLetters() {
        dispatcher.foreignTopics.clear();
        fail(withEffects());
        for (int step = 0; step < 40; step++) {
            dispatcher.advance(SILENCE.plusMillis(1));
        }

        assertThat(dispatcher.records(Topics.DEAD_LETTERS))
                .extracting(
                        letter -> dispatcher.decoded(letter.value(), Compensation.class).getStage())
                .containsExactly("refine", "draft");
    }

    private static InferenceRequest withEffects() {
        return Workers.chat().setPreset("effects").build();
    }

    /** Completes draft and refine, and fails for good in validate. */
    private void fail(InferenceRequest request) {
        dispatcher.send(Topics.REQUESTS, "r1", request);
        workers.finish(workers.job(), "by draft");
        workers.finish(workers.job(), "by refine");
        Job validate = workers.job();
        workers.begin(validate);
        workers.fail(validate);
    }

    private Compensation effect() {
        return dispatcher.only(TestDispatcher.EFFECTS, Compensation.class);
    }

    private void answer(Compensation compensation, boolean succeeded) {
        dispatcher.send(
                Topics.EVENTS,
                "r1",
                new InferenceEvent(
                        "r1",
                        0L,
                        new CompensationAnswered(
                                compensation.getCompensationId(),
                                compensation.getStage(),
                                compensation.getAttempt(),
                                succeeded,
                                null)));
    }
}
