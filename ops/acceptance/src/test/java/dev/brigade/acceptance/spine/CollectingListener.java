package dev.brigade.acceptance.spine;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamListener;
import dev.brigade.client.TextDelta;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Keeps what it is told. */
public final class CollectingListener implements StreamListener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public synchronized void onText(TextDelta delta) {
        text.append(delta.text());
    }

    @Override
    public void onDone(Answer answer) {}

    @Override
    public void onFailed(Failure failure) {}

    /** All text so far. */
    public synchronized String text() {
        return text.toString();
    }

    /** Waits for the first text. */
    public void awaitText() {
        Awaitility.await("first text")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !text().isEmpty());
    }
}
