package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import dev.brigade.client.MapProgress;
import dev.brigade.client.StageUpdate;
import dev.brigade.client.StreamListener;
import dev.brigade.client.TextDelta;
import dev.brigade.rest.sse.EventQueue;

/** Puts what the client tells into the queue of a stream. */
record Handover(EventQueue<StreamEvent> events) implements StreamListener {

    @Override
    public void onStarted(String requestId, String model) {
        events.put(new StreamEvent.Started(requestId, model));
    }

    @Override
    public void onText(TextDelta delta) {
        events.put(new StreamEvent.Text(delta));
    }

    @Override
    public void onStage(StageUpdate update) {
        events.put(new StreamEvent.Stage(update));
    }

    @Override
    public void onProgress(MapProgress progress) {
        events.put(new StreamEvent.Progress(progress));
    }

    @Override
    public void onDone(Answer answer) {
        events.put(new StreamEvent.Done(answer));
    }

    @Override
    public void onFailed(Failure failure) {
        events.put(new StreamEvent.Failed(failure));
    }
}
