package dev.brigade.worker.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.brigade.schema.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlacesTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<Priority> served = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aPlaceGoesToTheHighestClassThatWaits() throws Exception {
        Places places = new Places(new Shares(1, 0));
        assertThat(places.acquire(Priority.LOW, LONG)).isTrue();
        Thread low = waiter(places, Priority.LOW);
        Thread normal = waiter(places, Priority.NORMAL);
        Thread high = waiter(places, Priority.HIGH);

        places.release(Priority.LOW);
        high.join();
        places.release(Priority.HIGH);
        normal.join();
        places.release(Priority.NORMAL);
        low.join();

        assertThat(served).containsExactly(Priority.HIGH, Priority.NORMAL, Priority.LOW);
    }

    @Test
    void whoFindsNoneInTimeIsToldAndLeavesNoTrace() throws Exception {
        Places places = new Places(new Shares(1, 0));
        assertThat(places.acquire(Priority.HIGH, Duration.ZERO)).isTrue();
        assertThat(places.acquire(Priority.HIGH, Duration.ofMillis(1))).isFalse();

        places.release(Priority.HIGH);
        assertThat(places.acquire(Priority.LOW, Duration.ZERO)).isTrue();
    }

    @Test
    void whoIsInterruptedTakesNone() throws Exception {
        Places places = new Places(new Shares(1, 0));
        assertThat(places.acquire(Priority.LOW, LONG)).isTrue();
        Thread waiting = waiter(places, Priority.HIGH);
        waiting.interrupt();
        waiting.join();

        places.release(Priority.LOW);
        assertThat(served).isEmpty();
        assertThat(places.acquire(Priority.LOW, Duration.ZERO)).isTrue();
    }

    @Test
    void nobodyGivesBackWhatNobodyHas() {
        Places places = new Places(new Shares(1, 0));
        assertThatIllegalStateException().isThrownBy(() -> places.release(Priority.LOW));
    }

    @Test
    void aQueueHandsOutByTurnsAndIsBounded() throws Exception {
        TurnQueue<String> queue = new TurnQueue<>(new Shares(3, 0));
        assertThat(queue.poll()).isEmpty();
        queue.offer(Priority.LOW, "l1", LONG);
        queue.offer(Priority.LOW, "l2", LONG);
        queue.offer(Priority.HIGH, "h", LONG);
        assertThat(queue.offer(Priority.HIGH, "h2", Duration.ZERO)).isFalse();

        assertThat(queue.take()).isEqualTo("h");
        assertThat(queue.take()).isEqualTo("l1");
        assertThat(queue.poll()).contains("l2");
    }

    @Test
    void whoTakesWaitsForWhatComes() throws Exception {
        TurnQueue<String> queue = new TurnQueue<>(new Shares(1, 0));
        AtomicReference<String> taken = new AtomicReference<>("nothing");
        Thread taker =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                taken.set(queue.take());
                            } catch (InterruptedException e) {
                                taken.set("interrupted");
                            }
                        });
        await().until(() -> taker.getState() == Thread.State.WAITING);
        queue.offer(Priority.NORMAL, "one", LONG);
        taker.join();

        assertThat(taken).hasValue("one");
    }

    /** A thread that waits for a place by the time this returns. */
    private Thread waiter(Places places, Priority priority) {
        Thread waiter =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                if (places.acquire(priority, LONG)) {
                                    served.add(priority);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        return waiter;
    }
}
