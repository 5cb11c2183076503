package dev.brigade.payloads.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks S3's protocol and checks signatures. */
class S3PayloadStoreTest {

    private static final byte[] BYTES = "the bytes".getBytes(StandardCharsets.UTF_8);
    private static final Duration DAY = Duration.ofDays(1);
    private static final S3Location PLACE = S3Location.of("s3://" + S3Server.BUCKET + "/a/b");

    private static S3Server server;
    private volatile Instant now = Instant.now();
    private PayloadStore store;

    @BeforeAll
    static void serve() {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        server.clear();
        store = S3PayloadStore.open(PLACE, server.endpoint(), () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void bytesComeBackUnderTheirDigest() {
        StoredPayload payload = store.put(BYTES, "image/png");

        assertThat(payload.getDigest()).isEqualTo(PayloadDigest.of(BYTES));
        assertThat(store.read(payload, BYTES.length)).isEqualTo(BYTES);
        assertThat(store.has(payload)).isTrue();
        assertThat(server.keys())
                .containsExactly(
                        "a/b/payloads/sha256/"
                                + payload.getDigest().substring(0, 2)
                                + "/"
                                + payload.getDigest());
    }

    @Test
    void aStreamOfManyBytesComesBackToo() {
        byte[] many = new byte[20 << 20];
        new Random(1).nextBytes(many);

        StoredPayload payload =
                store.put(new ByteArrayInputStream(many), "application/jsonl", many.length);

        assertThat(store.read(payload, many.length)).isEqualTo(many);
    }

    @Test
    void moreThanIsAllowedIsNotKept() {
        failsWith(
                ErrorCode.PAYLOAD_TOO_LARGE,
                () -> store.put(new ByteArrayInputStream(BYTES), "image/png", BYTES.length - 1));

        assertThat(server.keys()).isEmpty();
    }

    @Test
    void noBytesAreAPayloadToo() {
        assertThat(store.read(store.put(new byte[0], "text/plain"), 0)).isEmpty();
    }

    @Test
    void whatWasNeverPutIsNotFound() {
        StoredPayload other = new StoredPayload(PayloadDigest.of(new byte[1]), 1L, "image/png");
        StoredPayload none = new StoredPayload("../../x", 1L, "image/png");

        assertThat(store.has(other)).isFalse();
        failsWith(ErrorCode.PAYLOAD_NOT_FOUND, () -> store.open(other));
        failsWith(ErrorCode.PAYLOAD_NOT_FOUND, () -> store.open(none));
    }

    @Test
    void spoiltBytesAreSeenAtTheEnd() throws IOException {
        StoredPayload payload = store.put(BYTES, "image/png");
        server.overwrite(server.keys().getFirst(), "the bytez");

        failsWith(ErrorCode.DIGEST_MISMATCH, () -> store.read(payload, 100));
        try (InputStream in = store.open(payload)) {
            assertThat(in.read()).isEqualTo('t');
            failsWith(ErrorCode.DIGEST_MISMATCH, in::readAllBytes);
        }
    }

    @Test
    void onlyWhatIsOldIsCollected() {
        StoredPayload payload = store.put(BYTES, "image/png");
        PayloadStore besides =
                S3PayloadStore.open(
                        S3Location.of("s3://" + S3Server.BUCKET + "/other"),
                        server.endpoint(),
                        () -> now);
        StoredPayload other = besides.put(BYTES, "image/png");

        assertThat(store.collect(DAY)).isZero();
        now = now.plus(DAY).plus(Duration.ofMinutes(1));
        assertThat(store.collect(DAY)).isEqualTo(1);

        assertThat(store.has(payload)).isFalse();
        assertThat(besides.has(other)).isTrue();
        besides.close();
    }

    @Test
    void moreThanAPageIsCollected() {
        for (byte i = 0; i < 23; i++) {
            store.put(new byte[] {i}, "image/png");
        }
        now = now.plus(DAY).plus(Duration.ofMinutes(1));
        PayloadStore byTens = S3PayloadStore.open(PLACE, server.endpoint(), () -> now, 10);

        assertThat(byTens.collect(DAY)).isEqualTo(23);
        assertThat(server.keys()).isEmpty();
        byTens.close();
    }

    @Test
    void theLocationAloneFindsTheStore() {
        System.setProperty("brigade.s3.endpoint", server.endpoint().uri().orElseThrow().toString());
        try (PayloadStore found = PayloadStores.open("s3://" + S3Server.BUCKET + "/a/b")) {
            assertThat(found.read(store.put(BYTES, "image/png"), 100)).isEqualTo(BYTES);
        } finally {
            System.clearProperty("brigade.s3.endpoint");
        }
    }

    @Test
    void aBucketThatIsNotThereIsSaidAtTheStart() {
        failsWith(
                ErrorCode.PAYLOAD_STORE_DOWN,
                () ->
                        S3PayloadStore.open(
                                S3Location.of("s3://no-such-bucket"),
                                server.endpoint(),
                                () -> now));
    }

    @Test
    void wrongCredentialsAreSaidAtTheStart() {
        System.setProperty("aws.secretAccessKey", "wrong");
        try {
            failsWith(
                    ErrorCode.PAYLOAD_STORE_DOWN,
                    () -> S3PayloadStore.open(PLACE, server.endpoint(), () -> now));
        } finally {
            System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        }
    }

    @Test
    void aServerThatIsGoneIsDown() {
        S3Server mortal = S3Server.start();
        PayloadStore lost = S3PayloadStore.open(PLACE, mortal.endpoint(), () -> now);
        StoredPayload payload = lost.put(BYTES, "image/png");
        mortal.close();

        failsWith(ErrorCode.PAYLOAD_STORE_DOWN, () -> lost.put(BYTES, "image/png"));
        failsWith(ErrorCode.PAYLOAD_STORE_DOWN, () -> lost.open(payload));
        lost.close();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, bucket, ''",
        "s3://bucket/, bucket, ''",
        "s3://my.bucket-1/a, my.bucket-1, a/",
        "s3://bucket/a/b/, bucket, a/b/"
    })
    void aLocationIsBucketAndPrefix(String location, String bucket, String prefix) {
        assertThat(S3Location.of(location)).isEqualTo(new S3Location(bucket, prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3:///a", "s3://B/a", "s3://ab", "s3://bucket/a b", "s3:x"})
    void aLocationThatIsNoneIsRefused(String location) {
        assertThatThrownBy(() -> S3Location.of(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/prefix");
    }

    @Test
    void settingsOfTheServerAreChecked() {
        assertThat(S3Endpoint.of(Optional.empty(), Optional.empty()).pathStyle()).isFalse();
        assertThat(S3Endpoint.of(Optional.of("http://h:1"), Optional.empty()).pathStyle()).isTrue();
        assertThat(S3Endpoint.of(Optional.of("http://h:1"), Optional.of("false")).pathStyle())
                .isFalse();
        assertThatThrownBy(() -> S3Endpoint.of(Optional.of("minio:9000"), Optional.empty()))
                .hasMessageContaining("BRIGADE_S3_ENDPOINT");
        assertThatThrownBy(() -> S3Endpoint.of(Optional.empty(), Optional.of("yes")))
                .hasMessageContaining("BRIGADE_S3_PATH_STYLE");
    }

    private static void failsWith(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PayloadException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
