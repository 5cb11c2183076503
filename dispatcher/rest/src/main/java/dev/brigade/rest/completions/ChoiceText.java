package dev.brigade.rest.completions;

import dev.brigade.client.Answer;
import dev.brigade.client.MapAnswer;
import dev.brigade.client.MapAnswer.Item;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ErrorBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one choice says: the answer, or that of one item of a map.
 *
 * @param text empty for an item that failed
 * @param finishReason {@code stop} or {@code length}; {@code error} for an item that failed
 */
record ChoiceText(int index, String text, String finishReason, ErrorBody.@Nullable Detail error) {

    /** The only choice of an answer, or one for each item of a map. */
    static List<ChoiceText> of(Answer answer) {
        return areItems(answer)
                ? MapAnswer.items(answer.reply()).stream().map(ChoiceText::of).toList()
                : List.of(new ChoiceText(0, answer.text(), answer.finishReason(), null));
    }

    /** Whether the answer is a map's. */
    static boolean areItems(Answer answer) {
        return !answer.reply().getItems().isEmpty();
    }

    private static ChoiceText of(Item item) {
        return switch (item) {
            case Item.Answered answered ->
                    new ChoiceText(
                            answered.index(), answered.text(), answered.finishReason(), null);
            case Item.Failed failed ->
                    new ChoiceText(
                            failed.index(),
                            "",
                            "error",
                            ErrorBody.of(ApiError.of(failed.code(), failed.message())).error());
        };
    }
}
