package dev.brigade.rest.http;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads JSON bodies within the limit of each, and the memory of all. */
@Component
public final class RequestBodies {

    private final long maxBytes;

    RequestBodies(RestProperties properties) {
        this.maxBytes = properties.maxBody().toBytes();
    }

    /**
     * The body of a request.
     *
     * @param memory the call's share, which holds as much as is read
     * @throws ApiException 415 for another media type than JSON, 413 for a body over the limit, 429
     *     when other bodies hold the memory, 400 for one that breaks off
     */
    public byte[] read(HttpServletRequest request, BodyMemory.Share memory) {
        requireJson(request.getContentType());
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] body = whole(request, memory);
        if (body.length > maxBytes) {
            throw tooLarge();
        }
        return body;
    }

    private byte[] whole(HttpServletRequest request, BodyMemory.Share memory) {
        try {
            return memory.read(request.getInputStream(), maxBytes + 1);
        } catch (IOException e) {
            throw new ApiException(ApiError.invalid(null, "The body could not be read to its end"));
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
}
