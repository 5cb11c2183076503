package dev.brigade.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Epoch;
import dev.brigade.worker.testing.Jobs;
import org.junit.jupiter.api.Test;

class OpenAttemptsTest {

    private final OpenAttempts attempts = new OpenAttempts();

    @Test
    void aCancelOfTheRequestStopsAllItsAttempts() {
        Attempt first = opened("r1", 1, "a");
        Attempt second = opened("r1", 2, "b");
        Attempt other = opened("r2", 1, "c");

        attempts.cancel(new CancelAttempt("r1", null, null));

        assertThat(first.stopped()).contains(Attempt.Stop.CANCELLED);
        assertThat(second.stopped()).contains(Attempt.Stop.CANCELLED);
        assertThat(other.stopped()).isEmpty();
    }

    @Test
    void aCancelOfAJobLeavesTheRequestsOtherJobs() {
        Attempt attempt = opened("r1", 1, "a");

        attempts.cancel(new CancelAttempt("r1", "r1/answer/2", null));
        assertThat(attempt.stopped()).isEmpty();

        attempts.cancel(new CancelAttempt("r1", "r1/answer/1", null));
        assertThat(attempt.stopped()).isPresent();
    }

    @Test
    void theKeptAttemptAndNewerOnesGoOn() {
        Attempt older = opened("r1", 1, "a");
        Attempt kept = opened("r1", 2, "b");
        Attempt twin = opened("r1", 2, "twin");
        Attempt newer = opened("r1", 3, "c");

        attempts.cancel(new CancelAttempt("r1", null, new Epoch(1, 2, "b")));

        assertThat(older.stopped()).isPresent();
        assertThat(kept.stopped()).isEmpty();
        assertThat(twin.stopped()).isPresent();
        assertThat(newer.stopped()).isEmpty();
    }

    @Test
    void aCancelReachesAJobThatComesAfterIt() {
        attempts.cancel(new CancelAttempt("r1", null, null));

        assertThat(opened("r1", 1, "a").stopped()).contains(Attempt.Stop.CANCELLED);
    }

    @Test
    void theOldestCancelsAreForgotten() {
        for (int i = 0; i <= 10_000; i++) {
            attempts.cancel(new CancelAttempt("r" + i, null, null));
        }

        assertThat(opened("r0", 1, "a").stopped()).isEmpty();
        assertThat(opened("r10000", 1, "b").stopped()).isPresent();
    }

    private Attempt opened(String requestId, int delivery, String attemptId) {
        Attempt attempt =
                new Attempt(
                        Jobs.chat(requestId),
                        new Epoch(1, delivery, attemptId),
                        "w",
                        0,
                        Long.MAX_VALUE);
        attempts.open(attempt);
        return attempt;
    }
}
