package dev.brigade.rest.http;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Reads JSON bodies within two limits: of each body, and of all bodies that are held at the same
 * time. Memory is counted as it fills, so a client that announces much and sends little holds
 * little.
 */
@Component
public final class RequestBodies {

    private static final int STEP = 64 * 1024;

    private final long maxBytes;
    private final Semaphore freeSteps;

    RequestBodies(RestProperties properties) {
        this.maxBytes = properties.maxBody().toBytes();
        this.freeSteps = new Semaphore((int) (properties.maxBodyMemory().toBytes() / STEP) + 1);
    }

    /**
     * The body of a request, which holds its share of the memory until it is closed.
     *
     * @throws ApiException 415 for another media type than JSON, 413 for a body over the limit, 429
     *     when other bodies hold the memory, 400 for one that breaks off
     */
    public Body read(HttpServletRequest request) {
        requireJson(request.getContentType());
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        Body body = new Body(freeSteps);
        boolean whole = false;
        try {
            body.fill(request.getInputStream());
            whole = true;
            return body;
        } catch (IOException e) {
            throw new ApiException(ApiError.invalid(null, "The body could not be read to its end"));
        } finally {
            if (!whole) {
                body.close();
            }
        }
    }

    private static void requireJson(@Nullable String contentType) {
        try {
            MediaType type =
                    contentType == null ? MediaType.ALL : MediaType.parseMediaType(contentType);
            Charset charset = type.getCharset();
            boolean json =
                    type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                            || "json".equals(type.getSubtypeSuffix());
            if (json && (charset == null || charset.equals(StandardCharsets.UTF_8))) {
                return;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, like any other type than JSON.
        }
        throw new ApiException(
                ApiError.http(
                        415,
                        "unsupported_media_type",
                        "The body must be sent with Content-Type: application/json, in UTF-8"));
    }

    private ApiException tooLarge() {
        return new ApiException(
                ApiError.of(
                        ErrorCode.REQUEST_TOO_LARGE,
                        "The body is larger than %d bytes".formatted(maxBytes)));
    }

    /** A body in memory. */
    public final class Body implements AutoCloseable {

        private final Semaphore memory;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int stepsHeld;

        private Body(Semaphore memory) {
            this.memory = memory;
        }

        /** What was sent. */
        public byte[] bytes() {
            return bytes.toByteArray();
        }

        private void fill(InputStream input) throws IOException {
            byte[] step = new byte[STEP];
            int read;
            while ((read = input.readNBytes(step, 0, STEP)) > 0) {
                if (bytes.size() + read > maxBytes) {
                    throw tooLarge();
                }
                hold();
                bytes.write(step, 0, read);
            }
        }

        private void hold() {
            if (!memory.tryAcquire()) {
                throw new ApiException(
                        ApiError.of(
                                ErrorCode.TOO_MANY_REQUESTS,
                                "Too many request bodies are being read"));
            }
            stepsHeld++;
        }

        /** Gives the memory free; does nothing the second time. */
        @Override
        public void close() {
            memory.release(stepsHeld);
            stepsHeld = 0;
        }
    }
}
