package dev.brigade.contract.payload;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.StoredPayload;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Predicate;

/** Stands where no payload store is configured. */
enum MissingPayloadStore implements PayloadStore {
    INSTANCE;

    @Override
    public StoredPayload put(InputStream in, String mediaType, long maxBytes) {
        throw missing();
    }

    @Override
    public InputStream open(StoredPayload payload) {
        throw missing();
    }

    @Override
    public boolean has(StoredPayload payload) {
        throw missing();
    }

    @Override
    public int collect(Duration olderThan, Predicate<String> spared) {
        return 0;
    }

    private static PayloadException missing() {
        return new PayloadException(
                ErrorCode.PAYLOAD_STORE_MISSING,
                "these bytes need a payload store, and none is configured");
    }
}
