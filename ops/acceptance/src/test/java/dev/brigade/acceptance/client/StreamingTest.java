package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.TextDelta;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Epoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StreamingTest extends ClientTest {

    private static final Epoch FIRST = OtherSide.epoch(1, 1);
    private static final Epoch REDELIVERED = OtherSide.epoch(1, 2);

    @Test
    void textComesAsItIsGeneratedAndTheAnswerLast() {
        Recorded listener = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
        String id = handle.requestId();
        other.chunk(id, FIRST, 0, "Hel");
        await().until(() -> listener.text().equals("Hel"));
        assertThat(handle.answer()).isNotDone();
        other.chunk(id, FIRST, 1, "lo");
        await().until(() -> listener.text().equals("Hello"));
        other.reply(OtherSide.completed(id, "Hello"));

        assertThat(answerOf(handle)).isEqualTo("Hello");
        assertThat(listener.events())
                .startsWith("started m", new TextDelta("Hel", 3), new TextDelta("lo", 5))
                .hasSize(4);
        assertThat(listener.last()).isInstanceOf(Answer.class);
    }

    @Test
    void anOpenTransactionOfTheDispatcherDoesNotHoldBackText() {
        Recorded listener = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
        String id = handle.requestId();
        other.beginReply(OtherSide.completed(id, "of an aborted transaction"));
        other.chunk(id, FIRST, 0, "right");
        await().until(() -> listener.text().equals("right"));
        assertThat(handle.answer()).isNotDone();
        other.abort();
        other.reply(OtherSide.completed(id, "right indeed"));

        assertThat(answerOf(handle)).isEqualTo("right indeed");
        assertThat(listener.text()).isEqualTo("right indeed");
    }

    @Test
    void aDeadAttemptsChunksNeverMixIn() {
        Recorded listener = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
        String id = handle.requestId();
        other.chunk(id, FIRST, 0, "The sky");
        other.chunk(id, REDELIVERED, 0, "The");
        other.chunk(id, FIRST, 1, " was LATE");
        other.chunk(id, REDELIVERED, 1, " sky is");
        other.chunk(id, FIRST, 2, " AND DEAD");
        other.chunk(id, REDELIVERED, 2, " blue");
        other.reply(OtherSide.completed(id, "The sky is blue."));

        assertThat(answerOf(handle)).isEqualTo("The sky is blue.");
        assertThat(listener.text()).isEqualTo("The sky is blue.");
    }

    @Test
    void aLostAttemptEndsTheStreamAndTheFailureHoldsTheRightText() {
        Recorded listener = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
        String id = handle.requestId();
        other.chunk(id, FIRST, 0, "red");
        await().until(() -> listener.text().equals("red"));
        other.chunk(id, REDELIVERED, 0, "blue");
        other.reply(OtherSide.completed(id, "blue"));

        Failure failure = failureOf(handle);
        assertThat(failure.code()).isEqualTo(ErrorCode.ATTEMPT_LOST);
        assertThat(failure.reply()).isEqualTo(OtherSide.completed(id, "blue"));
        assertThat(listener.text()).isEqualTo("red");
        assertThat(listener.last()).isEqualTo(failure);
    }

    @Test
    void aSlowListenerHoldsUpNobodyElseAndGetsWhatItMissedAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Recorded slow =
                new Recorded() {
                    @Override
                    public void onText(TextDelta delta) {
                        super.onText(delta);
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                };
        StreamHandle slowHandle = client.stream(ChatRequest.of("slow"), slow);
        StreamHandle quickHandle = client.stream(ChatRequest.of("quick"), new Recorded());
        other.chunk(slowHandle.requestId(), FIRST, 0, "0");
        await().until(() -> slow.text().equals("0"));
        StringBuilder all = new StringBuilder("0");
        for (int seq = 1; seq < 2000; seq++) {
            other.chunk(slowHandle.requestId(), FIRST, seq, " " + seq);
            all.append(" ").append(seq);
        }
        other.reply(OtherSide.completed(slowHandle.requestId(), all.toString()));
        other.reply(OtherSide.completed(quickHandle.requestId(), "quick"));
        assertThat(answerOf(quickHandle)).isEqualTo("quick");
        assertThat(slowHandle.answer()).isNotDone();

        go.countDown();

        assertThat(answerOf(slowHandle)).isEqualTo(all.toString());
        assertThat(slow.text()).isEqualTo(all.toString());
        assertThat(slow.events()).hasSizeLessThan(100);
    }

    @Test
    void aListenerThatThrowsIsCalledNoMoreAndTheAnswerStillComes() {
        List<String> calls = new ArrayList<>();
        Recorded broken =
                new Recorded() {
                    @Override
                    public void onText(TextDelta delta) {
                        calls.add(delta.text());
                        throw new IllegalStateException("broken");
                    }
                };
        StreamHandle handle = client.stream(ChatRequest.of("x"), broken);
        other.chunk(handle.requestId(), FIRST, 0, "a");
        other.reply(OtherSide.completed(handle.requestId(), "abc"));

        assertThat(answerOf(handle)).isEqualTo("abc");
        assertThat(calls).hasSize(1);
        assertThat(broken.events()).noneMatch(Answer.class::isInstance);
    }

    @Test
    void aDetachedStreamIsForgotten() {
        Recorded listener = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
        handle.detach();

        Failure failure = failureOf(handle);
        assertThat(failure.outcomeKnown()).isFalse();
        assertThat(client.openRequests()).isZero();
        other.chunk(handle.requestId(), FIRST, 0, "a");
        StreamHandle next = client.stream(ChatRequest.of("y"), new Recorded());
        other.reply(OtherSide.completed(next.requestId(), "next"));
        assertThat(answerOf(next)).isEqualTo("next");
        assertThat(listener.events()).isEmpty();
    }

    @Test
    void aStreamOverTheBudgetGetsItsTextWithTheTerminal() {
        try (BrigadeClient small = BrigadeClient.open(settings().maxStreamedChars(4).build())) {
            Recorded listener = new Recorded();
            StreamHandle handle = small.stream(ChatRequest.of("x"), listener);
            other.chunk(handle.requestId(), FIRST, 0, "abc");
            other.chunk(handle.requestId(), FIRST, 1, "defg");
            other.reply(OtherSide.completed(handle.requestId(), "abcdefg"));

            assertThat(answerOf(handle)).isEqualTo("abcdefg");
            assertThat(listener.text()).isEqualTo("abcdefg");
        }
    }

    @Test
    void threeHundredInterleavedStreamsWithDeadAttemptsAllComeOutRight() {
        long seed = Long.getLong("brigade.seed", 20261121);
        Random random = new Random(seed);
        Map<StreamHandle, Recorded> streams = new HashMap<>();
        List<Runnable> script = new ArrayList<>();
        List<List<Runnable>> scripts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Recorded listener = new Recorded();
            StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
            streams.put(handle, listener);
            scripts.add(script(handle.requestId(), "answer " + i, random));
        }
        while (!scripts.isEmpty()) {
            List<Runnable> one = scripts.get(random.nextInt(scripts.size()));
            script.add(one.removeFirst());
            scripts.removeIf(List::isEmpty);
        }
        script.forEach(Runnable::run);

        streams.forEach((handle, listener) -> {
            String answer = answerOf(handle);
            assertThat(listener.text()).as("seed %d", seed).isEqualTo(answer);
            assertThat(answer).matches("answer \\d+ is right");
        });
        assertThat(client.openRequests()).isZero();
    }

    /** A first attempt that dies, a second that repeats it, late chunks of the first, the end. */
    private List<Runnable> script(String id, String begin, Random random) {
        List<Runnable> steps = new ArrayList<>();
        int died = 1 + random.nextInt(begin.length());
        steps.add(() -> other.chunk(id, FIRST, 0, begin.substring(0, died)));
        steps.add(() -> other.chunk(id, REDELIVERED, 0, begin));
        steps.add(() -> other.chunk(id, FIRST, 1, "LATE"));
        steps.add(() -> other.chunk(id, REDELIVERED, 1, " is right"));
        steps.add(() -> other.reply(OtherSide.completed(id, begin + " is right")));
        return steps;
    }
}
