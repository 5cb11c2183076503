package dev.brigade.rest.generation;

import dev.brigade.client.StageUpdate;

/**
 * The extension {@code stage} of a piece: what happened to the draft of one stage.
 *
 * @param name stage, such as {@code draft} or {@code critique-1}
 * @param delta text to append to the stage's draft
 * @param retracted the stage was undone: its draft is void
 * @param reset another attempt begins: the draft so far is forgotten
 */
record StageView(String name, String model, String delta, boolean retracted, boolean reset) {

    static StageView of(StageUpdate update) {
        return switch (update) {
            case StageUpdate.Text text ->
                    new StageView(text.stage(), text.model(), text.text(), false, false);
            case StageUpdate.Retracted undone ->
                    new StageView(undone.stage(), undone.model(), "", true, false);
            case StageUpdate.Restarted again ->
                    new StageView(again.stage(), again.model(), "", false, true);
        };
    }
}
