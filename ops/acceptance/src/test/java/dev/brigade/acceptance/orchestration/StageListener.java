package dev.brigade.acceptance.orchestration;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import dev.brigade.client.MapProgress;
import dev.brigade.client.StageUpdate;
import dev.brigade.client.StreamListener;
import dev.brigade.client.TextDelta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the answer, the drafts and the progress that it is told. */
final class StageListener implements StreamListener {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, StringBuilder> drafts = new LinkedHashMap<>();
    private final List<String> retracted = new ArrayList<>();
    private final List<MapProgress> progress = new ArrayList<>();

    @Override
    public synchronized void onText(TextDelta delta) {
        text.append(delta.text());
    }

    @Override
    public synchronized void onStage(StageUpdate update) {
        switch (update) {
            case StageUpdate.Text draft ->
                    drafts.computeIfAbsent(draft.stage(), s -> new StringBuilder())
                            .append(draft.text());
            case StageUpdate.Restarted again -> drafts.remove(again.stage());
            case StageUpdate.Retracted undone -> retracted.add(undone.stage());
        }
    }

    @Override
    public synchronized void onProgress(MapProgress step) {
        progress.add(step);
    }

    @Override
    public void onDone(Answer answer) {}

    @Override
    public void onFailed(Failure failure) {}

    synchronized String text() {
        return text.toString();
    }

    /** The draft of each stage, by stage. */
    synchronized Map<String, String> drafts() {
        Map<String, String> texts = new LinkedHashMap<>();
        drafts.forEach((stage, draft) -> texts.put(stage, draft.toString()));
        return texts;
    }

    synchronized List<String> retracted() {
        return List.copyOf(retracted);
    }

    synchronized List<MapProgress> progress() {
        return List.copyOf(progress);
    }
}
