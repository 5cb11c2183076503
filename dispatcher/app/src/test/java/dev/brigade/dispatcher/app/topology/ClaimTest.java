package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Checkpoint;
import dev.brigade.schema.Claim;
import dev.brigade.schema.ClaimAnswered;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.StageCheckpoint;
import dev.brigade.schema.Timings;
import dev.brigade.schema.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets an idempotency key, and what with it. */
final class ClaimTest {

    private static final String KEY = "default|order-1";

    @TempDir Path stateDir;

    private TestDispatcher dispatcher;

    @BeforeEach
    void start() {
        dispatcher = new TestDispatcher(stateDir, 1, "m1:primary");
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void theFirstGetsTheKeyAndEveryOtherItsName() {
        assertThat(claim("r1").getGranted()).isTrue();

        ClaimAnswered second = claim("r2");
        assertThat(second.getGranted()).isFalse();
        assertThat(second.getOriginalRequestId()).isEqualTo("r1");
        assertThat(second.getCheckpoint()).isNull();
    }

    @Test
    void aKeyThatWasGivenBackGoesToTheNextWithItsCheckpoint() {
        claim("r1");
        release("r1", "of r1");

        ClaimAnswered next = claim("r2");

        assertThat(next.getGranted()).isTrue();
        assertThat(next.getCheckpoint()).isEqualTo(checkpoint("r1", "of r1"));
        assertThat(claim("r3").getOriginalRequestId()).isEqualTo("r2");
    }

    @Test
    void aClaimThatIsRepeatedGetsTheSameAnswer() {
        claim("r1");
        release("r1", "of r1");
        ClaimAnswered first = claim("r2");

        assertThat(claim("r2")).isEqualTo(first);
        dispatcher.restart();
        assertThat(claim("r2")).isEqualTo(first);
    }

    @Test
    void whoGaveTheKeyBackCannotTakeItAgain() {
        claim("r1");
        release("r1", "of r1");

        assertThat(claim("r1").getCheckpoint()).isNull();
        assertThat(claim("r2").getCheckpoint()).isNotNull();
    }

    @Test
    void releasedTwiceIsReleasedOnce() {
        claim("r1");
        release("r1", "of r1");
        release("r1", "of r1");
        claim("r2");
        release("r1", "late");

        assertThat(claim("r3").getOriginalRequestId()).isEqualTo("r2");
        assertThat(claim("r2").getCheckpoint()).isEqualTo(checkpoint("r1", "of r1"));
    }

    @Test
    void onlyTheHolderReleases() {
        claim("r1");
        release("r2", "of a stranger");
        assertThat(claim("r3").getOriginalRequestId()).isEqualTo("r1");

        dispatcher.send(Topics.CLAIMS, "default|unheard-of", released("r9", "of nobody"));
        assertThat(claim("default|unheard-of", "r1").getCheckpoint()).isNull();
    }

    @Test
    void theSecondInTurnLeavesItsOwn() {
        claim("r1");
        release("r1", "of r1");
        claim("r2");
        release("r2", "of r2");

        assertThat(claim("r3").getCheckpoint()).isEqualTo(checkpoint("r2", "of r2"));
    }

    @Test
    void aCheckpointThatIsTooLargeIsDroppedAndTheKeyStays() {
        claim("r1");
        release("r1", "x".repeat(512 << 10));

        assertThat(claim("r2").getOriginalRequestId()).isEqualTo("r1");
    }

    @Test
    void nothingIsLeftOnceTheKeyIsFreeAgain() {
        claim("r1");
        release("r1", "of r1");
        dispatcher.advance(Duration.ofHours(25));
        assertThat(dispatcher.driver().getKeyValueStore(Stores.RELEASES).get(KEY)).isNull();

        release("r1", "late");
        ClaimAnswered next = claim("r2");
        assertThat(next.getGranted()).isTrue();
        assertThat(next.getCheckpoint()).isNull();
    }

    private ClaimAnswered claim(String requestId) {
        return claim(KEY, requestId);
    }

    private ClaimAnswered claim(String key, String requestId) {
        dispatcher.send(Topics.CLAIMS, key, new Claim(requestId, 0, 0L, null));
        InferenceEvent event = dispatcher.only(Topics.EVENTS, InferenceEvent.class);
        assertThat(event.getRequestId()).isEqualTo(requestId);
        return (ClaimAnswered) event.getEvent();
    }

    private void release(String requestId, String text) {
        dispatcher.send(Topics.CLAIMS, KEY, released(requestId, text));
        assertThat(dispatcher.records(Topics.EVENTS)).isEmpty();
    }

    private static Claim released(String requestId, String text) {
        return new Claim(requestId, 0, 0L, checkpoint(requestId, text));
    }

    private static Checkpoint checkpoint(String requestId, String text) {
        return new Checkpoint(
                requestId,
                "plan",
                List.of(
                        new StageCheckpoint(
                                "draft",
                                "m1",
                                new Epoch(1, 1, "attempt-1"),
                                text,
                                "stop",
                                new Usage(3, 2),
                                new Timings(0L, 1L, 2L),
                                -1,
                                "digest")));
    }
}
