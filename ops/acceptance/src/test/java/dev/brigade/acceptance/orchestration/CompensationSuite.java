package dev.brigade.acceptance.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.acceptance.system.ParticipantProcess;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamHandle;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pipelines whose last stage fails, and the example participant, a process of its own. */
abstract class CompensationSuite extends ModesSuite {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void completedStagesAreUndoneNewestFirstAndEachOnce() throws Exception {
        StageListener listener = new StageListener();
        try (ParticipantProcess participant = participant("shop.effects")) {
            StreamHandle handle =
                    client.stream(undone("effects").streamStages(true).build(), listener);
            Failure failure = failure(handle);
            String id = handle.requestId();

            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(reply(failure).getOrchestration().getCompensated())
                    .containsExactly("refine", "draft");
            awaitUndone(id, "done", "done");
            assertThat(participant.ledger()).containsExactly(id + "/refine", id + "/draft");
            List<Compensation> issued = log.compensations(Topics.COMPENSATIONS, id);
            assertThat(issued)
                    .extracting(Compensation::getStage)
                    .containsExactly("refine", "draft");
            assertThat(issued).extracting(Compensation::getOrder).containsExactly(0, 1);
            assertThat(issued.getFirst().getActions()).hasSize(4);
            assertThat(log.compensations("shop.effects", id))
                    .extracting(Compensation::getCompensationId)
                    .containsExactly(id + "/refine", id + "/draft");
            assertThat(log.replies(id)).hasSize(1);
            assertThat(log.chunks(id).stream().filter(Chunk::getRetracted))
                    .extracting(Chunk::getStage)
                    .containsExactlyInAnyOrder("draft", "refine");
            assertThat(listener.text()).isEmpty();
            assertThat(listener.drafts()).containsKey("draft");
        }
    }

    @Test
    void aParticipantThatFailsIsAskedAgain() throws Exception {
        try (ParticipantProcess participant = participant("shop.flaky", "--fail-first", "2")) {
            String id = failed("flaky");

            awaitUndone(id, "done", "done");
            assertThat(participant.ledger()).containsExactly(id + "/refine", id + "/draft");
            assertThat(log.compensations("shop.flaky", id))
                    .extracting(c -> c.getStage() + " " + c.getAttempt())
                    .containsExactly("refine 1", "refine 2", "refine 3", "draft 1");
            assertThat(steps(saga(id).path("compensations").path(0)))
                    .containsExactly(
                            "issued 1",
                            "sent 1",
                            "failed 1",
                            "sent 2",
                            "failed 2",
                            "sent 3",
                            "done 3");
        }
    }

    @Test
    void whatASilentParticipantNeverUndidIsParkedAndCanBeTriedAgain() throws Exception {
        try (ParticipantProcess participant =
                participant("shop.silent", "--silent-first", "3", "--silence", "4800")) {
            String id = failed("silent");

            awaitUndone(id, "parked", "done");
            assertThat(participant.ledger()).containsExactly(id + "/draft");
            assertThat(command("parked")).contains(id + "/refine", "shop.silent");
            assertThat(command("list", "--parked")).contains(id);

            assertThat(command("retry", id + "/refine")).contains("sent again: " + id + "/refine");

            awaitUndone(id, "done", "done");
            assertThat(participant.ledger()).containsExactly(id + "/draft", id + "/refine");
            assertThat(command("parked")).doesNotContain(id);
            assertThat(log.replies(id)).hasSize(1);
        }
    }

    @Test
    void withoutAParticipantsTopicOnlyTheSystemsOwnTracesAreUndone() throws Exception {
        String id = failed("fixed");

        awaitUndone(id, "issued", "issued");
        assertThat(log.compensations(Topics.COMPENSATIONS, id).getFirst().getActions()).hasSize(2);
    }

    private ParticipantProcess participant(String topic, String... options) {
        return ParticipantProcess.start(system.bootstrapServers(), topic, folder, options);
    }

    private static ChatRequest.Builder undone(String preset) {
        return preset(preset, "case-undo");
    }

    private static Reply reply(Failure failure) {
        return Objects.requireNonNull(failure.reply(), "no terminal");
    }

    /** Id of a request that fails in its last stage. */
    private String failed(String preset) throws Exception {
        StreamHandle handle = client.stream(undone(preset).build(), new StageListener());
        assertThat(failure(handle).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        return handle.requestId();
    }

    private void awaitUndone(String requestId, String... states) {
        Awaitility.await("compensations of " + requestId)
                .atMost(LIMIT)
                .pollInSameThread()
                .untilAsserted(() ->
                        assertThat(states(saga(requestId).path("compensations")))
                                .containsExactly(states));
    }

    private static List<String> states(JsonNode compensations) {
        List<String> states = new ArrayList<>();
        compensations.forEach(undo -> states.add(undo.path("state").asString()));
        return states;
    }

    private static List<String> steps(JsonNode compensation) {
        List<String> steps = new ArrayList<>();
        compensation
                .path("steps")
                .forEach(step ->
                        steps.add(
                                step.path("what").asString() + " " + step.path("attempt").asInt()));
        return steps;
    }
}
