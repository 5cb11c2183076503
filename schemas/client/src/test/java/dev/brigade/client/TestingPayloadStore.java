package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Counts images and keeps only manifests, where the bytes of 100,000 images are too many. */
final class TestingPayloadStore implements PayloadStore {

    final List<byte[]> manifests = new ArrayList<>();
    int images;

    @Override
    public StoredPayload put(InputStream in, String mediaType, long maxBytes) {
        try {
            byte[] bytes = in.readAllBytes();
            if (mediaType.equals("application/jsonl")) {
                manifests.add(bytes);
            } else {
                images++;
            }
            // No digest of each: the tests with a real store have them.
            byte[] number = ByteBuffer.allocate(4).putInt(images).array();
            return new StoredPayload(PayloadDigest.of(number), (long) bytes.length, mediaType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(StoredPayload payload) {
        if (manifests.isEmpty()) {
            throw new PayloadException(ErrorCode.PAYLOAD_NOT_FOUND, "nothing is kept");
        }
        return new ByteArrayInputStream(manifests.getLast());
    }

    @Override
    public boolean has(StoredPayload payload) {
        return !manifests.isEmpty();
    }

    @Override
    public int collect(Duration olderThan, Predicate<String> spared) {
        return 0;
    }
}
