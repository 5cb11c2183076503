package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.util.Objects;

/**
 * Something is wrong with an image or with a list of images. Expected, and so without a stack
 * trace; it becomes a failed result at the edge of this package.
 */
final class ImageFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * @param message for people; holds neither bytes nor paths of the worker's machine
     */
    ImageFault(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static ImageFault truncated() {
        return new ImageFault(ErrorCode.IMAGE_TRUNCATED, "the image ends early or is damaged");
    }

    static ImageFault notAnImage(String message) {
        return new ImageFault(ErrorCode.NOT_AN_IMAGE, message);
    }

    static ImageFault unsupported(String message) {
        return new ImageFault(ErrorCode.IMAGE_FORMAT_UNSUPPORTED, message);
    }

    static ImageFault tooLarge(String message) {
        return new ImageFault(ErrorCode.IMAGE_TOO_LARGE, message);
    }

    ErrorCode code() {
        return code;
    }

    String reason() {
        return Objects.requireNonNullElse(getMessage(), "");
    }
}
