package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import dev.brigade.client.MapProgress;
import dev.brigade.client.StageUpdate;
import dev.brigade.client.StreamListener;
import dev.brigade.client.TextDelta;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Brings events from the client's thread to the thread that writes to the network. It holds two at
 * most: while the network is slow the client's thread waits here, and text gathers there into one
 * larger piece.
 */
final class Handover implements StreamListener, AutoCloseable {

    private static final int CAPACITY = 2;
    private static final long RECHECK_MS = 100;

    private final BlockingQueue<StreamEvent> events = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean closed;

    /** The next event; empty when none comes in this time. */
    Optional<StreamEvent> next(Duration most) throws InterruptedException {
        return Optional.ofNullable(events.poll(most.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Takes no more; a client's thread that waits here goes on. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void onStarted(String requestId, String model) {
        put(new StreamEvent.Started(requestId, model));
    }

    @Override
    public void onText(TextDelta delta) {
        put(new StreamEvent.Text(delta));
    }

    @Override
    public void onStage(StageUpdate update) {
        put(new StreamEvent.Stage(update));
    }

    @Override
    public void onProgress(MapProgress progress) {
        put(new StreamEvent.Progress(progress));
    }

    @Override
    public void onDone(Answer answer) {
        put(new StreamEvent.Done(answer));
    }

    @Override
    public void onFailed(Failure failure) {
        put(new StreamEvent.Failed(failure));
    }

    private void put(StreamEvent event) {
        try {
            boolean taken = false;
            while (!closed && !taken) {
                taken = events.offer(event, RECHECK_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }
}
