package dev.brigade.acceptance.client;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamListener;
import dev.brigade.client.TextDelta;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps what it was told, in order. */
class Recorded implements StreamListener {

    private final List<Object> events = new CopyOnWriteArrayList<>();

    @Override
    public void onStarted(String requestId, String model) {
        events.add("started " + model);
    }

    @Override
    public void onText(TextDelta delta) {
        events.add(delta);
    }

    @Override
    public void onDone(Answer answer) {
        events.add(answer);
    }

    @Override
    public void onFailed(Failure failure) {
        events.add(failure);
    }

    List<Object> events() {
        return events;
    }

    Object last() {
        return events.getLast();
    }

    /** All text so far, of a stream that began at the beginning. */
    String text() {
        long cursor = 0;
        for (Object event : events) {
            if (event instanceof TextDelta delta) {
                cursor += delta.text().length();
                if (delta.cursor() != cursor) {
                    throw new AssertionError("the cursor should be " + cursor + ": " + delta);
                }
            }
        }
        return laterText();
    }

    /** All text so far, wherever the stream began. */
    String laterText() {
        StringBuilder all = new StringBuilder();
        for (Object event : events) {
            if (event instanceof TextDelta delta) {
                all.append(delta.text());
            }
        }
        return all.toString();
    }
}
