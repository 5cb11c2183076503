package dev.brigade.worker.backend;

import dev.brigade.schema.Priority;
import dev.brigade.worker.turns.Shares;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/** A model that says what an image shows. */
public interface ImageModel extends LoadedModel {

    /**
     * Turns a picture into the model's input: size, crop, numbers. Work for the CPU on the calling
     * thread, which is a decoder's; safe on many at once.
     */
    PreparedImage prepare(BufferedImage picture);

    /**
     * Gives an image to the model, which takes several at once. Blocks the caller while the model's
     * queue is full, for at most {@code limit}.
     *
     * @param priority images of a higher class go first
     * @param limit most time until there is a result; past it that is {@code deadline_exceeded}
     * @return the result; cancelled or completed by others it is of no interest, and the image may
     *     be dropped
     */
    CompletableFuture<Result<Prediction>> classify(
            PreparedImage image, Priority priority, Duration limit);

    /** How many images its queue holds, and how the classes share that. */
    Shares shares();

    /** What it can say. */
    List<String> labels();

    /** Confidence below which an answer may be called uncertain. */
    OptionalDouble threshold();

    /** An image in the form that the model takes. */
    interface PreparedImage {}

    /**
     * What an image shows.
     *
     * @param best the most probable labels, best first, 1 to 5
     */
    record Prediction(List<Score> best) {
        public Prediction {
            best = List.copyOf(best);
            if (best.isEmpty()) {
                throw new IllegalArgumentException("a prediction names at least one label");
            }
        }
    }

    /**
     * How probable a label is.
     *
     * @param probability 0 to 1, calibrated
     */
    record Score(String label, double probability) {}
}
