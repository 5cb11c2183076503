package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Claim;
import dev.brigade.schema.ClaimAnswered;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.Message;
import dev.brigade.schema.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pipeline that is sent again with the same idempotency key goes on where it ended. */
final class ResumeTest extends SagaTest {

    @Test
    void completedStagesAreNotDoneAgain() {
        failInRefine("r1", pipeline(), "by draft");

        dispatcher.send(Topics.REQUESTS, "r2", pipeline());
        Job refine = workers.job();
        assertThat(refine.getStage()).isEqualTo("refine");
        assertThat(((ChatInput) refine.getInput()).getMessages().toString()).contains("by draft");
        workers.finish(refine, "by refine");
        workers.answerAll(OrchestrationTest::accepted);

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getRequestId()).isEqualTo("r2");
        assertThat(reply.getText()).isEqualTo("by refine");
        assertThat(reply.getOrchestration().getResumed()).containsExactly("draft");
    }

    @Test
    void aKeyWhosePipelineWasAnsweredStaysTaken() {
        failInRefine("r1", pipeline(), "by draft");
        dispatcher.send(Topics.REQUESTS, "r2", pipeline());
        workers.answerAll(OrchestrationTest::accepted);
        dispatcher.records(Topics.REPLIES);

        dispatcher.send(Topics.REQUESTS, "r3", pipeline());

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getError().getCode()).isEqualTo("duplicate_request");
        assertThat(reply.getOriginalRequestId()).isEqualTo("r2");
    }

    @Test
    void anotherQuestionStartsFromTheBeginning() {
        failInRefine("r1", pipeline(), "by draft");

        dispatcher.send(
                Topics.REQUESTS,
                "r2",
                InferenceRequest.newBuilder(pipeline())
                        .setInput(new ChatInput(List.of(new Message("user", "why", null))))
                        .build());

        assertThat(workers.job().getStage()).isEqualTo("draft");
    }

    @Test
    void stagesTooLargeToBeKeptLeaveTheKeyWithTheirRequest() {
        failInRefine("r1", pipeline(), "x".repeat(ClaimProcessor.MAX_CHECKPOINT_BYTES));
        assertThat(dispatcher.all(Topics.CLAIMS, Claim.class)).hasSize(1);

        dispatcher.send(Topics.REQUESTS, "r2", pipeline());

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getOriginalRequestId())
                .isEqualTo("r1");
    }

    @Test
    void stagesWhoseEffectsAreUndoneAreNotKept() {
        InferenceRequest effects =
                Workers.chat().setPreset("effects").setIdempotencyKey("order-1").build();
        failInRefine("r1", effects, "by draft");

        dispatcher.send(Topics.REQUESTS, "r2", effects);

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getError().getCode())
                .isEqualTo("duplicate_request");
    }

    @Test
    void anAnswerToAClaimThatComesTooLateChangesNothing() {
        failInRefine("r1", pipeline(), "by draft");
        dispatcher.records(Topics.COMPENSATIONS);

        dispatcher.send(
                Topics.EVENTS,
                "r1",
                new InferenceEvent("r1", 0L, new ClaimAnswered(true, null, null)));

        assertThat(workers.jobs()).isEmpty();
        assertThat(dispatcher.records(Topics.REPLIES)).isEmpty();
        assertThat(dispatcher.records(Topics.COMPENSATIONS)).isEmpty();
    }

    private static InferenceRequest pipeline() {
        return InferenceRequest.newBuilder(OrchestrationTest.in("pipeline"))
                .setIdempotencyKey("order-1")
                .build();
    }

    private void failInRefine(String requestId, InferenceRequest request, String draft) {
        dispatcher.send(Topics.REQUESTS, requestId, request);
        workers.finish(workers.job(), draft);
        Job refine = workers.job();
        workers.begin(refine);
        workers.fail(refine);
        dispatcher.records(Topics.REPLIES);
    }
}
