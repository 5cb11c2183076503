package dev.brigade.client;

import static dev.brigade.client.Records.chunk;
import static dev.brigade.client.Records.completed;
import static dev.brigade.client.Records.draft;
import static dev.brigade.client.Records.epoch;
import static dev.brigade.client.Records.progress;
import static dev.brigade.client.Records.retracted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.ReplyStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final Epoch FIRST = epoch(1, 1);
    private static final Epoch SECOND = epoch(1, 2);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Log log = new Log();
    private final OpenRequest request =
            new OpenRequest(Records.ID, true, new TextBudget(1000), ended -> {});
    private final Subscription subscription =
            new Subscription(
                    Records.ID, 0, log, tasks::add, id -> CompletableFuture.completedFuture(null));

    @Test
    void draftsTextAndEndComeInTheOrderOfTheLog() {
        request.subscribe(subscription);
        request.take(draft("draft", FIRST, 0, "dra"));
        deliver();
        request.take(draft("draft", SECOND, 0, "draft"));
        deliver();
        request.take(chunk("refine", FIRST, 0, "answer"));
        deliver();
        request.end(completed(FIRST, "answer."));
        deliver();

        assertThat(log.calls)
                .containsExactly(
                        "draft+dra",
                        "draft restarted",
                        "draft+draft",
                        "started",
                        "answer",
                        ".",
                        "done answer.");
        assertThat(subscription.answer()).isCompleted();
    }

    @Test
    void aSlowListenerIsToldWhatIsLeftOfItAllAndThenTheEnd() {
        request.take(draft("draft", FIRST, 0, "lost"));
        request.take(draft("draft", SECOND, 0, "a"));
        request.take(chunk("refine", FIRST, 0, "text"));
        request.take(draft("draft", SECOND, 1, "b"));
        request.end(completed(FIRST, "text"));
        request.subscribe(subscription);
        deliver();

        assertThat(log.calls).containsExactly("draft+ab", "started", "text", "done text");
    }

    @Test
    void aFailureComesBehindWhatHappenedToDrafts() {
        request.subscribe(subscription);
        request.take(draft("draft", FIRST, 0, "a"));
        deliver();
        request.take(retracted("draft", FIRST));
        request.end(Records.failed(ReplyStatus.FAILED, ErrorCode.ENGINE_ERROR, "model"));
        deliver();

        assertThat(log.calls).containsExactly("draft+a", "draft retracted", "failed ENGINE_ERROR");
        assertThat(subscription.answer()).isCompletedExceptionally();
    }

    @Test
    void theProgressOfAMapComesAndThenAnAnswerWithoutText() {
        request.subscribe(subscription);
        request.take(progress(0, 0, 0, 2));
        deliver();
        request.take(progress(1, 1, 0, 2));
        request.take(progress(2, 1, 1, 2));
        deliver();
        request.end(completed(FIRST, ""));
        deliver();

        assertThat(log.calls).containsExactly("0+0 of 2", "1+1 of 2", "started", "done ");
    }

    private void deliver() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static final class Log implements StreamListener {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void onStarted(String requestId, String model) {
            calls.add("started");
        }

        @Override
        public void onStage(StageUpdate update) {
            calls.add(
                    switch (update) {
                        case StageUpdate.Text text -> text.stage() + "+" + text.text();
                        case StageUpdate.Restarted again -> again.stage() + " restarted";
                        case StageUpdate.Retracted undone -> undone.stage() + " retracted";
                    });
        }

        @Override
        public void onProgress(MapProgress progress) {
            calls.add(progress.done() + "+" + progress.failed() + " of " + progress.total());
        }

        @Override
        public void onText(TextDelta delta) {
            calls.add(delta.text());
        }

        @Override
        public void onDone(Answer answer) {
            calls.add("done " + answer.text());
        }

        @Override
        public void onFailed(Failure failure) {
            calls.add("failed " + failure.code());
        }
    }
}
