package dev.brigade.rest.imagebatches;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.rest.error.ErrorBody;
import dev.brigade.rest.vision.ScoreView;
import dev.brigade.schema.Classification;
import dev.brigade.schema.ImageResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one image ended: with a classification or an error.
 *
 * @param index its place in the batch, from 0
 * @param imagePath its name or else its path, where it was given with one
 */
record ImageResultView(
        int index,
        @Nullable String imagePath,
        @Nullable String classification,
        @Nullable String rawResponse,
        @Nullable Double confidence,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ScoreView> scores,
        ErrorBody.@Nullable Detail error) {

    static ImageResultView of(ImageResult result) {
        Classification shown = result.getClassification();
        if (shown == null) {
            return new ImageResultView(
                    result.getIndex(),
                    result.getPath(),
                    null,
                    null,
                    null,
                    List.of(),
                    ErrorBody.detail(result.getError()));
        }
        return new ImageResultView(
                result.getIndex(),
                result.getPath(),
                shown.getLabel(),
                shown.getRawResponse(),
                shown.getConfidence(),
                ScoreView.of(shown),
                null);
    }
}
