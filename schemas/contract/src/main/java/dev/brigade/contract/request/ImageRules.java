package dev.brigade.contract.request;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What images must keep as far as the request alone shows it; whether a path leads somewhere is for
 * workers to see. What is wrong with the path or the bytes of one image of a batch is that image's
 * result and no fault of the request.
 */
final class ImageRules {

    private static final int MAX_IMAGES = 100_000;
    private static final int MAX_PATH_LENGTH = 4096;
    private static final int MAX_NAME_LENGTH = 1000;
    private static final int MAX_PROMPT_LENGTH = 32_768;
    private static final int MAX_MEDIA_TYPE_LENGTH = 200;

    private static final Pattern SCHEME =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
    private static final Pattern LOCAL_SCHEME =
            Pattern.compile("(file|data|jar):.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern UPWARDS =
            Pattern.compile("(.*[/\\\\])?\\.\\.([/\\\\].*)?", Pattern.DOTALL);

    private ImageRules() {}

    static void image(ImageInput input, Findings findings) {
        findings.require(
                sources(input.getPath(), input.getImage(), input.getStored()) == 1,
                ErrorCode.IMAGE_SOURCE_INVALID,
                "image",
                "needs exactly one of path, bytes and stored bytes");
        path("path", input.getPath(), findings);
        bytes(input.getImage(), findings);
        stored("image", input.getStored(), findings);
        if (input.getStored() != null) {
            findings.require(
                    input.getStored().getBytes() <= PayloadLimits.IMAGE_BYTES,
                    ErrorCode.IMAGE_TOO_LARGE,
                    "image",
                    "must have at most " + PayloadLimits.IMAGE_BYTES + " bytes");
        }
        prompt(input.getPrompt(), findings);
    }

    static void batch(ImageBatchInput input, Findings findings) {
        long given =
                Stream.of(
                                !input.getPaths().isEmpty(),
                                !input.getItems().isEmpty(),
                                input.getGlob() != null,
                                input.getManifest() != null)
                        .filter(Boolean::booleanValue)
                        .count();
        String rule = "needs exactly one of paths, items, glob and manifest";
        findings.require(given >= 1, ErrorCode.NO_IMAGES, "images", rule);
        findings.require(given <= 1, ErrorCode.IMAGE_SOURCE_INVALID, "images", rule);
        findings.require(
                Math.max(input.getPaths().size(), input.getItems().size()) <= MAX_IMAGES,
                ErrorCode.TOO_MANY_IMAGES,
                "images",
                "must hold 1 to " + MAX_IMAGES + " entries");
        items(input.getItems(), findings);
        glob(input.getGlob(), findings);
        manifest(input.getManifest(), findings);
        prompt(input.getPrompt(), findings);
    }

    private static void items(List<ImageItem> items, Findings findings) {
        for (int i = 0; i < items.size() && findings.none(); i++) {
            ImageItem item = items.get(i);
            String param = "images[" + i + "]";
            findings.require(
                    sources(item.getPath(), item.getImage(), item.getStored()) == 1,
                    ErrorCode.IMAGE_SOURCE_INVALID,
                    param,
                    "needs exactly one of path, bytes and stored bytes");
            findings.length(param + ".name", item.getName(), MAX_NAME_LENGTH);
            stored(param, item.getStored(), findings);
        }
    }

    private static void manifest(@Nullable StoredPayload manifest, Findings findings) {
        stored("manifest", manifest, findings);
        if (manifest != null) {
            findings.require(manifest.getBytes() > 0, ErrorCode.NO_IMAGES, "manifest", "is empty");
            findings.require(
                    manifest.getBytes() <= PayloadLimits.MANIFEST_BYTES,
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "manifest",
                    "must have at most " + PayloadLimits.MANIFEST_BYTES + " bytes");
        }
    }

    private static void glob(@Nullable String glob, Findings findings) {
        path("glob", glob, findings);
        if (glob == null || !findings.none()) {
            return;
        }
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            findings.require(false, "glob", "has a bracket or brace that is not closed");
        }
    }

    private static void path(String param, @Nullable String path, Findings findings) {
        if (path == null) {
            return;
        }
        findings.require(
                !LOCAL_SCHEME.matcher(path).matches(),
                ErrorCode.URL_NOT_ALLOWED,
                param,
                "must be a path, not a URL");
        findings.require(
                !path.isEmpty()
                        && path.length() <= MAX_PATH_LENGTH
                        && path.chars().noneMatch(Character::isISOControl),
                ErrorCode.PATH_INVALID,
                param,
                "must have 1 to " + MAX_PATH_LENGTH + " characters and no control characters");
        findings.require(
                SCHEME.matcher(path).matches() || !UPWARDS.matcher(path).matches(),
                ErrorCode.PATH_TRAVERSAL,
                param,
                "must not step up by '..'");
    }

    private static void bytes(@Nullable ByteBuffer image, Findings findings) {
        if (image != null) {
            findings.require(image.hasRemaining(), ErrorCode.IMAGE_EMPTY, "image", "has no bytes");
        }
    }

    private static void stored(String param, @Nullable StoredPayload stored, Findings findings) {
        if (stored == null) {
            return;
        }
        findings.require(
                PayloadDigest.isDigest(stored.getDigest()) && stored.getBytes() >= 0,
                param,
                "needs a digest of 64 lower-case hexadecimal digits and a number of bytes");
        findings.length(param + ".media_type", stored.getMediaType(), MAX_MEDIA_TYPE_LENGTH);
    }

    private static void prompt(@Nullable String prompt, Findings findings) {
        findings.require(
                prompt == null || (!prompt.isBlank() && prompt.length() <= MAX_PROMPT_LENGTH),
                "prompt",
                "must have 1 to " + MAX_PROMPT_LENGTH + " characters, not only white space");
    }

    private static long sources(@Nullable Object... sources) {
        return Stream.of(sources).filter(Objects::nonNull).count();
    }
}
