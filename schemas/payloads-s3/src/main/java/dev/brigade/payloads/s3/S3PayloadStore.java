package dev.brigade.payloads.s3;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.CheckedPayload;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.SpooledPayload;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Payloads as objects {@code payloads/sha256/ab/abcdef...} of a bucket. A stream goes through a
 * file first, since its key is known only at its end. An object is whole or not there at all, and
 * putting it again makes it new.
 */
final class S3PayloadStore implements PayloadStore {

    private static final int PAGE = 1000;

    private final S3Client s3;
    private final S3Location place;
    private final InstantSource clock;
    private final Path spool;
    private final int page;

    private S3PayloadStore(
            S3Client s3, S3Location place, InstantSource clock, Path spool, int page) {
        this.s3 = s3;
        this.place = place;
        this.clock = clock;
        this.spool = spool;
        this.page = page;
    }

    /** The store at a place, once the bucket has answered. */
    static PayloadStore open(S3Location place, S3Endpoint endpoint, InstantSource clock) {
        return open(place, endpoint, clock, PAGE);
    }

    /** As {@link #open(S3Location, S3Endpoint, InstantSource)}, with lists of so many objects. */
    static PayloadStore open(S3Location place, S3Endpoint endpoint, InstantSource clock, int page) {
        S3Client s3 = S3Connection.open(endpoint);
        try {
            s3.headBucket(bucket -> bucket.bucket(place.bucket()));
            Path spool = Files.createTempDirectory("brigade-payloads-");
            return new S3PayloadStore(s3, place, clock, spool, page);
        } catch (SdkException | UncheckedIOException e) {
            s3.close();
            throw down("the bucket of the payload store cannot be used", e);
        } catch (IOException e) {
            s3.close();
            throw down("there is no room for temporary files", e);
        }
    }

    @Override
    public StoredPayload put(InputStream in, String mediaType, long maxBytes) {
        try (SpooledPayload spooled = SpooledPayload.write(in, mediaType, maxBytes, spool)) {
            put(spooled.payload(), RequestBody.fromFile(spooled.file()));
            return spooled.payload();
        }
    }

    @Override
    public StoredPayload put(byte[] bytes, String mediaType) {
        StoredPayload payload =
                new StoredPayload(PayloadDigest.of(bytes), (long) bytes.length, mediaType);
        put(payload, RequestBody.fromBytes(bytes));
        return payload;
    }

    @Override
    public InputStream open(StoredPayload payload) {
        String key = key(payload);
        return asking(() ->
                        CheckedPayload.of(
                                s3.getObject(get -> get.bucket(place.bucket()).key(key)), payload))
                .orElseThrow(S3PayloadStore::notFound);
    }

    @Override
    public boolean has(StoredPayload payload) {
        String key = key(payload);
        return asking(() -> s3.headObject(head -> head.bucket(place.bucket()).key(key)))
                .filter(head -> head.contentLength() == payload.getBytes())
                .isPresent();
    }

    @Override
    public int collect(Duration olderThan, Predicate<String> spared) {
        Instant oldest = clock.instant().minus(olderThan);
        return asking(
                        () -> {
                            int collected = 0;
                            for (S3Object object : objects()) {
                                if (object.lastModified().isBefore(oldest)
                                        && !spared.test(digest(object))
                                        && removed(object, oldest)) {
                                    collected++;
                                }
                            }
                            return collected;
                        })
                .orElse(0);
    }

    @Override
    public void close() {
        s3.close();
        try {
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            // A put at work still has its file there; the system clears its temporary folder.
        }
    }

    private static String digest(S3Object object) {
        return object.key().substring(object.key().lastIndexOf('/') + 1);
    }

    private Iterable<S3Object> objects() {
        return s3.listObjectsV2Paginator(list ->
                        list.bucket(place.bucket())
                                .prefix(place.prefix() + "payloads/")
                                .maxKeys(page))
                .contents();
    }

    /** Asks once more before it removes: the list may be old, and the object new again. */
    private boolean removed(S3Object object, Instant oldest) {
        Optional<Instant> modified =
                asking(() ->
                        s3.headObject(head -> head.bucket(place.bucket()).key(object.key()))
                                .lastModified());
        if (modified.isEmpty() || !modified.get().isBefore(oldest)) {
            return false;
        }
        s3.deleteObject(delete -> delete.bucket(place.bucket()).key(object.key()));
        return true;
    }

    private void put(StoredPayload payload, RequestBody body) {
        String key = key(payload);
        asking(() ->
                s3.putObject(
                        put ->
                                put.bucket(place.bucket())
                                        .key(key)
                                        .contentType(payload.getMediaType()),
                        body));
    }

    private String key(StoredPayload payload) {
        String digest = payload.getDigest();
        if (!PayloadDigest.isDigest(digest)) {
            throw notFound();
        }
        return place.prefix() + "payloads/sha256/" + digest.substring(0, 2) + "/" + digest;
    }

    /** What the server answers; empty where it does not have the object. */
    private static <T> Optional<T> asking(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException | UncheckedIOException e) {
            // The SDK lets some broken connections out as they are.
            throw down("the payload store does not answer as it should", e);
        }
    }

    private static PayloadException notFound() {
        return new PayloadException(
                ErrorCode.PAYLOAD_NOT_FOUND, "the payload store does not hold these bytes");
    }

    private static PayloadException down(String message, Exception e) {
        return new PayloadException(
                ErrorCode.PAYLOAD_STORE_DOWN,
                "%s (%s)".formatted(message, e.getClass().getSimpleName().toLowerCase(Locale.ROOT)),
                e);
    }
}
