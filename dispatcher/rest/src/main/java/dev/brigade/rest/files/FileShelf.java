package dev.brigade.rest.files;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.RequestId;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.ledger.Entry;
import dev.brigade.rest.ledger.Ledger;
import dev.brigade.schema.StoredFile;
import dev.brigade.schema.StoredPayload;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The files that there are. One whose time is over is gone at once, whenever it is cleared away.
 */
@Component
public final class FileShelf {

    /** What a line's answers are for. */
    public static final String BATCH_OUTPUT = "batch_output";

    private static final int MOST = 100_000;
    private static final Duration OUTPUT_KEPT = Duration.ofDays(30);

    private final Ledger ledger;
    private final Clock clock;

    FileShelf(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A file.
     *
     * @throws ApiException {@code file_not_found}
     */
    public StoredFile get(String id) {
        return ledger.records()
                .file(id)
                .filter(this::isThere)
                .orElseThrow(() ->
                        new ApiException(
                                ApiError.of(ErrorCode.FILE_NOT_FOUND, "There is no such file")));
    }

    Stream<StoredFile> all() {
        return ledger.records().files().stream().filter(this::isThere);
    }

    /**
     * Refuses one more file where there are too many.
     *
     * @throws ApiException {@code too_many_requests}
     */
    void requireRoom() {
        if (ledger.records().files().size() >= MOST) {
            throw new ApiException(
                    ApiError.of(
                            ErrorCode.TOO_MANY_REQUESTS,
                            "There are %d files; delete some".formatted(MOST)));
        }
    }

    StoredFile add(String name, String purpose, StoredPayload payload, Optional<Duration> kept) {
        StoredFile file = file(name, purpose, payload, kept);
        ledger.put(Entry.of(file));
        return file;
    }

    void delete(String id) {
        ledger.put(Entry.withoutFile(get(id).getId()));
    }

    /** A new file of a batch, not written down yet. */
    public StoredFile output(String name, StoredPayload payload) {
        return file(name, BATCH_OUTPUT, payload, Optional.of(OUTPUT_KEPT));
    }

    private StoredFile file(
            String name, String purpose, StoredPayload payload, Optional<Duration> kept) {
        long now = clock.millis();
        return StoredFile.newBuilder()
                .setId("file-" + RequestId.create(now, 0).replace("-", ""))
                .setFilename(name)
                .setPurpose(purpose)
                .setPayload(payload)
                .setCreatedAt(now)
                .setExpiresAt(kept.map(time -> now + time.toMillis()).orElse(null))
                .build();
    }

    private boolean isThere(StoredFile file) {
        return file.getExpiresAt() == null || file.getExpiresAt() > clock.millis();
    }
}
