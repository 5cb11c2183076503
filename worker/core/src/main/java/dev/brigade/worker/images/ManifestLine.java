package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One line of a manifest: a JSON object that names one image. */
final class ManifestLine {

    private static final String PATH = "path";
    private static final String IMAGE = "image_base64";
    private static final String STORED = "stored";
    private static final String NAME = "name";
    private static final Set<String> FIELDS = Set.of(PATH, IMAGE, STORED, NAME);
    private static final int MOST_NAME = 1000;

    /** Longer than the longest image in Base64. */
    private static final int MOST_TEXT = 512 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(MOST_TEXT)
                                                    .maxNestingDepth(8)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ManifestLine() {}

    /** A line that names a path, with its end. */
    static byte[] ofPath(String path) {
        ObjectNode line = MAPPER.createObjectNode().put(PATH, path);
        return (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The image that a line names.
     *
     * @param number of the line, from 1
     */
    static ImageItem read(byte[] line, long number) throws ImageFault {
        try {
            return item(MAPPER.readTree(line), number);
        } catch (JacksonException e) {
            throw invalid(number, "is not a JSON object");
        }
    }

    private static ImageItem item(@Nullable JsonNode line, long number) throws ImageFault {
        if (!(line instanceof ObjectNode object)) {
            throw invalid(number, "is not a JSON object");
        }
        if (!FIELDS.containsAll(object.propertyNames())) {
            throw invalid(number, "has a field other than path, image_base64, stored and name");
        }
        if (Stream.of(PATH, IMAGE, STORED).filter(object::hasNonNull).count() != 1) {
            throw invalid(number, "needs exactly one of path, image_base64 and stored");
        }
        String name = text(object, NAME, number);
        if (name != null && name.length() > MOST_NAME) {
            throw invalid(number, "has a name of more than " + MOST_NAME + " characters");
        }
        return ImageItem.newBuilder()
                .setPath(text(object, PATH, number))
                .setImage(image(text(object, IMAGE, number), number))
                .setStored(stored(object.get(STORED), number))
                .setName(name)
                .build();
    }

    private static @Nullable String text(ObjectNode object, String field, long number)
            throws ImageFault {
        if (!object.hasNonNull(field)) {
            return null;
        }
        if (!object.get(field).isString()) {
            throw invalid(number, "has a " + field + " that is not a text");
        }
        return object.get(field).asString();
    }

    private static @Nullable ByteBuffer image(@Nullable String base64, long number)
            throws ImageFault {
        if (base64 == null) {
            return null;
        }
        try {
            String coded =
                    base64.startsWith("data:") ? base64.substring(base64.indexOf(',') + 1) : base64;
            return ByteBuffer.wrap(Base64.getDecoder().decode(coded));
        } catch (IllegalArgumentException e) {
            throw invalid(number, "has an image_base64 that is not Base64");
        }
    }

    private static @Nullable StoredPayload stored(@Nullable JsonNode stored, long number)
            throws ImageFault {
        if (stored == null || stored.isNull()) {
            return null;
        }
        JsonNode bytes = stored.path("bytes");
        String digest = stored.path("digest").asString("");
        if (!PayloadDigest.isDigest(digest)
                || !bytes.canConvertToLong()
                || bytes.asLong() < 0
                || !stored.path("media_type").isString()) {
            throw invalid(number, "has a stored that is not a digest, bytes and media_type");
        }
        return StoredPayload.newBuilder()
                .setDigest(digest)
                .setBytes(bytes.asLong())
                .setMediaType(stored.path("media_type").asString())
                .build();
    }

    static ImageFault invalid(long number, String message) {
        return new ImageFault(
                ErrorCode.INVALID_MANIFEST,
                "line %d of the manifest %s".formatted(number, message));
    }
}
