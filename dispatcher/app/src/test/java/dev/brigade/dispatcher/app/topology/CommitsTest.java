package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

final class CommitsTest {

    private final Commits.WorkOfThreads threads = new Commits.WorkOfThreads();
    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private long nowMs = 1_000;
    private final Commits commits = commits(context);

    @Test
    void theFirstRecordsOfAMomentAreCommittedAtOnce() {
        for (int moment = 0; moment < 2; moment++) {
            for (int record = 0; record < 3; record++) {
                workAfter(1);
                assertThat(committed()).isTrue();
            }
            workAfter(1);
            assertThat(committed()).isFalse();
            nowMs += 50;
        }
    }

    @Test
    void recordsThatComeTogetherAreCommittedWhenNoMoreCome() {
        first();

        workAfter(1);
        workAfter(1);
        assertThat(committed()).isFalse();
        ring();
        assertThat(committed()).isFalse();
        ring();
        assertThat(committed()).isTrue();
        assertThat(armed(context)).isEmpty();
    }

    @Test
    void theLongerTheWorkTheMoreSeldomItsEndIsLookedFor() {
        first();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            workAfter(1);
            waits.add(armed(context).getFirst().getInterval().toMillis());
            workAfter(1);
            ring();
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 8L);
    }

    @Test
    void workOfAnotherProcessorOfTheThreadIsWorkToo() {
        var other = new MockProcessorContext<String, String>();
        Commits others = commits(other);
        first();
        workAfter(1);

        others.worked();
        ring();
        assertThat(committed()).isFalse();
        assertThat(other.committed()).isFalse();
        ring();
        assertThat(committed()).isTrue();
    }

    private Commits commits(MockProcessorContext<String, String> of) {
        of.setCurrentSystemTimeMs(nowMs);
        return new Commits(of, threads);
    }

    /** Those that are committed at once. */
    private void first() {
        for (int record = 0; record < 3; record++) {
            workAfter(0);
        }
        committed();
    }

    private void workAfter(long ms) {
        nowMs += ms;
        context.setCurrentSystemTimeMs(nowMs);
        commits.worked();
    }

    private void ring() {
        CapturedPunctuator next = armed(context).getFirst();
        nowMs += next.getInterval().toMillis();
        context.setCurrentSystemTimeMs(nowMs);
        next.getPunctuator().punctuate(nowMs);
    }

    /** Whether a commit was asked for since this was last asked. */
    private boolean committed() {
        boolean asked = context.committed();
        context.resetCommit();
        return asked;
    }

    private static List<CapturedPunctuator> armed(MockProcessorContext<String, String> context) {
        assertThat(context.scheduledPunctuators())
                .extracting(CapturedPunctuator::getInterval)
                .allMatch(interval -> interval.compareTo(Duration.ZERO) > 0);
        return context.scheduledPunctuators().stream().filter(each -> !each.cancelled()).toList();
    }
}
