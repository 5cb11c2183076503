package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Decides of one image whether it travels in the record or through the payload store. */
final class ImagePacking {

    private final PayloadStore payloads;
    private final int mostInline;

    ImagePacking(PayloadStore payloads) {
        this.payloads = payloads;
        this.mostInline =
                payloads.equals(PayloadStores.none())
                        ? PayloadLimits.LARGEST_INLINE_IMAGE_BYTES
                        : PayloadLimits.INLINE_IMAGE_BYTES;
    }

    /** Most bytes of images that travel in a record. */
    int mostInline() {
        return mostInline;
    }

    /** Whether an image of this size may travel in a record. */
    boolean fits(long bytes) {
        return bytes <= mostInline;
    }

    /** Puts an image into the store. */
    StoredPayload store(String param, ByteBuffer image) {
        if (image.remaining() > PayloadLimits.IMAGE_BYTES) {
            throw tooLarge(param);
        }
        byte[] bytes = new byte[image.remaining()];
        image.duplicate().get(bytes);
        return storing(param, () -> payloads.put(bytes, mediaType(bytes)));
    }

    /** The bytes of a file where they may travel in a record; else null. */
    @Nullable ByteBuffer inline(String param, Path file) {
        try {
            return fits(Files.size(file)) ? ByteBuffer.wrap(Files.readAllBytes(file)) : null;
        } catch (IOException e) {
            throw unreadable(param, e);
        }
    }

    /** Puts a file into the store. */
    StoredPayload store(String param, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String mediaType = URLConnection.guessContentTypeFromName(file.toString());
            return storing(
                    param,
                    () ->
                            payloads.put(
                                    in,
                                    mediaType == null ? "application/octet-stream" : mediaType,
                                    PayloadLimits.IMAGE_BYTES));
        } catch (IOException e) {
            throw unreadable(param, e);
        }
    }

    private static StoredPayload storing(
            String param, java.util.function.Supplier<StoredPayload> put) {
        try {
            return put.get();
        } catch (PayloadException e) {
            throw e.code() == ErrorCode.PAYLOAD_TOO_LARGE ? tooLarge(param) : failed(param, e);
        } catch (UncheckedIOException e) {
            throw unreadable(param, e.getCause());
        }
    }

    static BrigadeException failed(String param, PayloadException e) {
        return new BrigadeException(
                new Failure(
                        null, e.code(), e.getMessage(), param, e.code().retriable(), true, null),
                e);
    }

    private static BrigadeException tooLarge(String param) {
        return Refusal.of(
                ErrorCode.IMAGE_TOO_LARGE,
                param,
                "must have at most " + PayloadLimits.IMAGE_BYTES + " bytes");
    }

    private static BrigadeException unreadable(String param, @Nullable IOException cause) {
        ErrorCode code =
                cause instanceof NoSuchFileException
                        ? ErrorCode.IMAGE_NOT_FOUND
                        : ErrorCode.INVALID_REQUEST;
        return new BrigadeException(
                new Failure(null, code, param + " cannot be read", param, false, true, null),
                cause);
    }

    private static String mediaType(byte[] bytes) {
        try {
            String known =
                    URLConnection.guessContentTypeFromStream(new ByteArrayInputStream(bytes));
            return known == null ? "application/octet-stream" : known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
