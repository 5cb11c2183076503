package dev.brigade.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Job;
import dev.brigade.worker.testing.Deliveries;
import dev.brigade.worker.testing.Jobs;
import dev.brigade.worker.testing.TestingOutbox;
import dev.brigade.worker.testing.TestingOutbox.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobIntakeTest {

    private static final long NOW = 1_000_000;
    private static final byte[] NONSENSE = "nonsense".getBytes(StandardCharsets.UTF_8);

    private final TestingOutbox outbox = new TestingOutbox();
    private final JobIntake intake =
            new JobIntake(
                    "w",
                    Deliveries.WIRE,
                    outbox,
                    Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
                    () -> 500,
                    () -> "attempt-id");

    @Test
    void theEpochIsDispatchThenDeliveryThenAnIdOfItsOwn() {
        Job job = Jobs.builder("r").setDispatch(2).build();

        assertThat(attempt(job, NOW, 3).epoch()).isEqualTo(new Epoch(2, 3, "attempt-id"));
    }

    @Test
    void theBudgetCountsFromTheRecordsAppendTime() {
        Job job = Jobs.builder("r").setBudgetMs(10_000).build();

        assertThat(leftMs(attempt(job, NOW - 4_000, 1))).isEqualTo(6_000);
        assertThat(leftMs(attempt(job, NOW - 11_000, 1))).isEqualTo(-1_000);
    }

    @Test
    void aClockBehindTheBrokersDoesNotLengthenTheBudget() {
        Job job = Jobs.builder("r").setBudgetMs(10_000).build();

        assertThat(leftMs(attempt(job, NOW + 60_000, 1))).isEqualTo(10_000);
    }

    @Test
    void aHugeBudgetIsCutToADay() {
        Job job = Jobs.builder("r").setBudgetMs(Long.MAX_VALUE).build();

        assertThat(leftMs(attempt(job, NOW, 1))).isEqualTo(TimeUnit.DAYS.toMillis(1));
    }

    @Test
    void whatIsNoRecordBecomesADeadLetterUntouched() {
        var taken = intake.take(new Delivery(Deliveries.of(NONSENSE, NOW, 1)));

        assertThat(taken).isEqualTo(new JobIntake.Intake.Settle(Settlement.ACCEPT));
        DeadLetter letter = outbox.written(DeadLetter.class).getFirst();
        assertThat(letter.reason()).isEqualTo(ErrorCode.UNDECODABLE_RECORD);
        assertThat(letter.record().value()).isEqualTo(NONSENSE);
    }

    @Test
    void anotherKindOfRecordIsNoJobEither() {
        Chunk chunk =
                new Chunk("r", "s", new Epoch(1, 1, "a"), 0, "t", 1, null, "m", false, true, null);

        intake.take(new Delivery(Deliveries.of(Deliveries.WIRE.encode(chunk), NOW, 1)));

        assertThat(outbox.written(DeadLetter.class)).hasSize(1);
    }

    @Test
    void aDeadLetterThatCannotBeStoredIsDeliveredAgain() {
        outbox.fail(DeadLetter.class::isInstance);

        var taken = intake.take(new Delivery(Deliveries.of(NONSENSE, NOW, 1)));

        assertThat(taken).isEqualTo(new JobIntake.Intake.Settle(Settlement.RELEASE));
    }

    private Attempt attempt(Job job, long appendedAtMs, int count) {
        var taken = intake.take(new Delivery(Deliveries.of(job, appendedAtMs, count)));
        return ((JobIntake.Intake.Run) taken).attempt();
    }

    private static long leftMs(Attempt attempt) {
        return TimeUnit.NANOSECONDS.toMillis(attempt.deadlineNanos() - attempt.takenAtNanos());
    }
}
