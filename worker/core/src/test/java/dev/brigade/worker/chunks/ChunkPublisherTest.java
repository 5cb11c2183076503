package dev.brigade.worker.chunks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.worker.backend.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkPublisherTest {

    private static final long MS = 1_000_000;

    private final List<Piece> published = new ArrayList<>();
    private final Deque<Alarm> alarms = new ArrayDeque<>();
    private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    private long now = 5_000 * MS;

    private final ChunkPublisher chunks =
            new ChunkPublisher(
                    (seq, text, tokens, last) -> {
                        published.add(new Piece(seq, text, tokens, last));
                        return answer;
                    },
                    Duration.ofMillis(20),
                    () -> now,
                    (delay, action) -> alarms.add(new Alarm(now + delay.toNanos(), action)));

    @Test
    void theFirstTokenIsNeverDelayed() {
        chunks.accept("Hel", 1);

        assertThat(published).containsExactly(new Piece(0, "Hel", 1, null));
    }

    @Test
    void tokensThatComeFasterThanTheIntervalShareAChunk() {
        chunks.accept("a", 1);
        advance(5);
        chunks.accept("b", 1);
        advance(5);
        chunks.accept("c", 2);
        assertThat(published).hasSize(1);

        advance(11);

        assertThat(published.get(1)).isEqualTo(new Piece(1, "bc", 3, null));
    }

    @Test
    void tokensThatComeSlowlyAreChunksOfTheirOwn() {
        for (String token : List.of("a", "b", "c")) {
            chunks.accept(token, 1);
            advance(20);
        }

        assertThat(published).extracting(Piece::text).containsExactly("a", "b", "c");
        assertThat(alarms).isEmpty();
    }

    @Test
    void heldTextGoesOutWithoutAFurtherToken() {
        chunks.accept("a", 1);
        advance(1);
        chunks.accept("b", 1);

        advance(19);

        assertThat(published).extracting(Piece::text).containsExactly("a", "b");
    }

    @Test
    void theLastChunkCarriesTheReasonEvenWithoutText() {
        chunks.accept("a", 1);
        chunks.finish(Reason.STOP);

        assertThat(published).last().isEqualTo(new Piece(1, "", 0, Reason.STOP));
        assertThat(chunks.lastSeq()).isEqualTo(1);
    }

    @Test
    void theLastChunkTakesHeldTextAlong() {
        chunks.accept("a", 1);
        chunks.accept("b", 1);
        chunks.finish(Reason.LENGTH);
        advance(100);

        assertThat(published).hasSize(2);
        assertThat(published).last().isEqualTo(new Piece(1, "b", 1, Reason.LENGTH));
    }

    @Test
    void tokensWithoutTextAreCountedInTheNextChunk() {
        chunks.accept("", 2);
        chunks.accept("a", 1);

        assertThat(published).containsExactly(new Piece(0, "a", 3, null));
    }

    @Test
    void aChunkThatCannotBeStoredEndsTheAttempt() throws InterruptedException {
        answer = CompletableFuture.failedFuture(new IllegalStateException("broker away"));
        assertThat(chunks.accept("a", 1)).isTrue();

        assertThat(chunks.accept("b", 1)).isFalse();
        assertThat(chunks.awaitStored(Duration.ofSeconds(1)))
                .get()
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEarlierFailureIsNotForgottenOverLaterSuccesses() throws InterruptedException {
        answer = CompletableFuture.failedFuture(new IllegalStateException("broker away"));
        chunks.accept("a", 1);
        answer = CompletableFuture.completedFuture(null);
        chunks.finish(Reason.STOP);

        assertThat(chunks.awaitStored(Duration.ofSeconds(1))).isPresent();
    }

    @Test
    void anAbandonedAttemptPublishesNothingMore() {
        chunks.accept("a", 1);
        chunks.accept("b", 1);
        chunks.abandon();
        advance(100);
        chunks.finish(Reason.STOP);

        assertThat(published).hasSize(1);
    }

    @Test
    void howeverTokensComeNumbersHaveNoGapsAndTextIsWhole() {
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        StringBuilder whole = new StringBuilder();
        int tokens = 0;
        for (int i = 0; i < 2_000; i++) {
            String text = "w".repeat(random.nextInt(3));
            whole.append(text);
            tokens++;
            chunks.accept(text, 1);
            advance(random.nextInt(30));
        }
        chunks.finish(Reason.STOP);

        assertThat(published)
                .as("seed %d", seed)
                .extracting(Piece::seq)
                .containsExactlyElementsOf(IntStream.range(0, published.size()).boxed().toList());
        assertThat(String.join("", published.stream().map(Piece::text).toList()))
                .isEqualTo(whole.toString());
        assertThat(published.stream().mapToInt(Piece::tokens).sum()).isEqualTo(tokens);
    }

    private void advance(long ms) {
        now += ms * MS;
        while (!alarms.isEmpty() && alarms.peek().at() <= now) {
            alarms.remove().action().run();
        }
    }

    private record Piece(int seq, String text, int tokens, @Nullable Reason last) {}

    private record Alarm(long at, Runnable action) {}
}
