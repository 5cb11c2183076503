package dev.brigade.rest.files;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.UploadForms.UploadedFile;
import dev.brigade.schema.StoredPayload;
import org.jspecify.annotations.Nullable;

/** Takes the one file of a form: it goes to the store while it is received. */
final class FileUpload {

    private static final int MAX_NAME = 255;

    private final PayloadStore store;
    private final long maxBytes;
    private @Nullable StoredPayload payload;
    private String name = "";

    FileUpload(PayloadStore store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
    }

    void take(UploadedFile file) {
        if (!file.field().equals("file")) {
            throw new ApiException(
                    ApiError.unsupported(file.field(), "is no file that this call takes"));
        }
        if (payload != null) {
            throw new ApiException(ApiError.invalid("file", "file must be one file"));
        }
        name = cut(file.name().orElse("upload"));
        payload = store(file);
    }

    private StoredPayload store(UploadedFile file) {
        try {
            return store.put(
                    file.content(), file.mediaType().orElse("application/octet-stream"), maxBytes);
        } catch (PayloadException e) {
            if (e.code() == ErrorCode.PAYLOAD_TOO_LARGE) {
                throw new ApiException(
                        ApiError.of(
                                ErrorCode.REQUEST_TOO_LARGE,
                                "file",
                                "file is larger than %d bytes".formatted(maxBytes)));
            }
            throw e;
        }
    }

    String name() {
        return name;
    }

    StoredPayload payload() {
        if (payload == null) {
            throw new ApiException(ApiError.invalid("file", "file is required"));
        }
        return payload;
    }

    private static String cut(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "_");
        return clean.length() <= MAX_NAME ? clean : clean.substring(0, MAX_NAME);
    }
}
