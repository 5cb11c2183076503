package dev.brigade.dispatcher.app.topology;

import dev.brigade.schema.Classification;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.ImageResults;
import dev.brigade.schema.Job;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A worker that finds every image with an even index technical. */
final class Sorter {

    private Sorter() {}

    /** Of every image of a part. */
    static ImageResults results(Job job) {
        return results(job, null);
    }

    /**
     * @param said of each image
     */
    static ImageResults results(Job job, @Nullable String said) {
        ImagePart part = (ImagePart) job.getInput();
        return new ImageResults(
                IntStream.range(0, part.getCount()).mapToObj(i -> result(part, i, said)).toList());
    }

    private static ImageResult result(ImagePart part, int place, @Nullable String said) {
        int index = part.getFrom() + place;
        return new ImageResult(
                index,
                part.getItems().isEmpty() ? index + ".png" : part.getItems().get(place).getPath(),
                new Classification(index % 2 == 0 ? "technical" : "discard", 0.9, List.of(), said),
                null);
    }
}
