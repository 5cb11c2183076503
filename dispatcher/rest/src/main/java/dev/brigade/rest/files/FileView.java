package dev.brigade.rest.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.schema.StoredFile;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** OpenAI's {@code file}; times in epoch seconds. */
record FileView(
        String id,
        String object,
        long bytes,
        long createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expiresAt,
        String filename,
        String purpose,
        String status) {

    static FileView of(StoredFile file) {
        Long expiresAt = file.getExpiresAt();
        return new FileView(
                file.getId(),
                "file",
                file.getPayload().getBytes(),
                TimeUnit.MILLISECONDS.toSeconds(file.getCreatedAt()),
                expiresAt == null ? null : TimeUnit.MILLISECONDS.toSeconds(expiresAt),
                file.getFilename(),
                file.getPurpose(),
                "processed");
    }
}
