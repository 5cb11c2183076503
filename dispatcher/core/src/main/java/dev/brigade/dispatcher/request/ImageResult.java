package dev.brigade.dispatcher.request;

import java.util.Optional;

/**
 * How one image of a batch ended.
 *
 * @param index place in the batch, from 0
 * @param path name or else path, where the image was given with one
 * @param classification present where there is no error
 */
public record ImageResult(
        int index,
        Optional<String> path,
        Optional<Output.Classification> classification,
        Optional<Failure> error) {

    public ImageResult {
        if (classification.isPresent() == error.isPresent()) {
            throw new IllegalArgumentException(
                    "image " + index + " has a classification or an error");
        }
    }

    /** An image that was not classified. */
    public static ImageResult failed(int index, Optional<String> path, Failure error) {
        return new ImageResult(index, path, Optional.empty(), Optional.of(error));
    }
}
