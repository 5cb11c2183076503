package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a path may look like, before any disk is touched. */
final class PathText {

    private static final int MOST_CHARACTERS = 4096;
    private static final int MOST_NAME_BYTES = 255;
    private static final Pattern URL =
            Pattern.compile("(?i)(file|data|https?|ftps?|s3|jar|blob):.*|[a-z][a-z0-9+.-]*://.*");
    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    private PathText() {}

    /** The path, or a fault that names what is wrong with it. */
    static Path checked(String text) throws ImageFault {
        checkCharacters(text);
        if (URL.matcher(text).matches()) {
            throw new ImageFault(
                    ErrorCode.URL_NOT_ALLOWED,
                    "URLs are not read; give a path below an allowed folder, or the image's bytes");
        }
        for (String name : SEPARATOR.split(text)) {
            if (name.equals("..")) {
                throw new ImageFault(ErrorCode.PATH_TRAVERSAL, "the path must not contain '..'");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
                throw invalid("a name in the path is longer than " + MOST_NAME_BYTES + " bytes");
            }
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw invalid("the path is not one of this system");
        }
    }

    private static void checkCharacters(String text) throws ImageFault {
        if (text.isBlank()) {
            throw invalid("the path is empty");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw invalid("the path is longer than " + MOST_CHARACTERS + " characters");
        }
        if (text.codePoints().anyMatch(PathText::isForbidden)) {
            throw invalid("the path contains control characters");
        }
    }

    private static boolean isForbidden(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE;
    }

    private static ImageFault invalid(String message) {
        return new ImageFault(ErrorCode.PATH_INVALID, message);
    }
}
