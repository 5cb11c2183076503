package dev.brigade.dispatcher.request;

import java.util.Optional;

/**
 * An image: by its path, its bytes or from the payload store.
 *
 * @param name the caller's own, which the result repeats in place of the path
 */
public record ImageRef(
        Optional<String> path,
        Optional<ImageBytes> bytes,
        Optional<StoredPayload> stored,
        Optional<String> name) {

    /** One that is known by its path alone. */
    public static ImageRef ofPath(String path) {
        return new ImageRef(
                Optional.of(path), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Name or else path. */
    public Optional<String> shownAs() {
        return name.or(() -> path);
    }
}
