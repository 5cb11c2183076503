package dev.brigade.contract.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderPayloadStoreTest {

    private static final byte[] BYTES = "the bytes".getBytes(StandardCharsets.UTF_8);
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir Path root;
    private volatile Instant now = START;
    private PayloadStore store = PayloadStores.none();

    @BeforeEach
    void open() {
        store = FolderPayloadStore.at(root, () -> now);
    }

    @Test
    void bytesComeBackUnderTheirDigest() throws IOException {
        StoredPayload payload = store.put(BYTES, "image/png");

        assertThat(payload.getDigest()).isEqualTo(PayloadDigest.of(BYTES));
        assertThat(payload.getBytes()).isEqualTo(BYTES.length);
        assertThat(payload.getMediaType()).isEqualTo("image/png");
        assertThat(store.read(payload, BYTES.length)).isEqualTo(BYTES);
        assertThat(store.has(payload)).isTrue();
        try (InputStream in = store.open(payload)) {
            assertThat(in.skip(4)).isEqualTo(4);
            assertThat(in.read()).isEqualTo('b');
            assertThat(in.readAllBytes()).isEqualTo("ytes".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aPayloadHasItsDocumentedPlaceAndNothingElseIsLeft() throws IOException {
        StoredPayload payload = store.put(BYTES, "image/png");
        String digest = payload.getDigest();

        assertThat(files())
                .containsExactly(
                        root.resolve("payloads/sha256")
                                .resolve(digest.substring(0, 2))
                                .resolve(digest));
    }

    @Test
    void noBytesAreAPayloadToo() {
        StoredPayload payload = store.put(new byte[0], "text/plain");

        assertThat(store.read(payload, 0)).isEmpty();
    }

    @Test
    void anotherProgramSeesWhatOnePut() {
        StoredPayload payload = store.put(BYTES, "image/png");

        assertThat(PayloadStores.open(root.toString()).read(payload, 100)).isEqualTo(BYTES);
        assertThat(PayloadStores.open(Optional.of(root.toString())).has(payload)).isTrue();
    }

    @Test
    void moreThanIsAllowedIsNotKept() throws IOException {
        failsWith(
                ErrorCode.PAYLOAD_TOO_LARGE,
                () -> store.put(new ByteArrayInputStream(BYTES), "image/png", BYTES.length - 1));

        assertThat(files()).isEmpty();
    }

    @Test
    void aSourceThatBreaksLeavesNothing() throws IOException {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return read();
                    }
                };

        assertThatThrownBy(() -> store.put(broken, "image/png", 10))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void moreThanTheReaderAllowsIsNotRead() {
        StoredPayload payload = store.put(BYTES, "image/png");

        failsWith(ErrorCode.PAYLOAD_TOO_LARGE, () -> store.read(payload, BYTES.length - 1));
    }

    @Test
    void whatWasNeverPutIsNotFound() {
        StoredPayload other = new StoredPayload(PayloadDigest.of(new byte[1]), 1L, "image/png");

        assertThat(store.has(other)).isFalse();
        failsWith(ErrorCode.PAYLOAD_NOT_FOUND, () -> store.open(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../../../../etc/passwd", "AB", "/etc/passwd"})
    void aDigestThatIsNoneLeadsNowhere(String digest) {
        StoredPayload payload = new StoredPayload(digest, 1L, "image/png");

        failsWith(ErrorCode.PAYLOAD_NOT_FOUND, () -> store.open(payload));
        failsWith(ErrorCode.PAYLOAD_NOT_FOUND, () -> store.has(payload));
    }

    @ParameterizedTest
    @ValueSource(strings = {"the bytez", "the byte", "the bytes.", ""})
    void spoiltBytesAreSeenAndHealedByAnotherPut(String spoilt) throws IOException {
        StoredPayload payload = store.put(BYTES, "image/png");
        Files.writeString(files().getFirst(), spoilt);

        failsWith(ErrorCode.DIGEST_MISMATCH, () -> store.read(payload, 100));
        store.put(BYTES, "image/png");
        assertThat(store.read(payload, 100)).isEqualTo(BYTES);
    }

    @Test
    void aNumberOfBytesThatLiesIsSeen() {
        StoredPayload payload = store.put(BYTES, "image/png");
        StoredPayload lie = StoredPayload.newBuilder(payload).setBytes(BYTES.length + 1L).build();

        assertThat(store.has(lie)).isFalse();
        failsWith(ErrorCode.DIGEST_MISMATCH, () -> store.read(lie, 100));
    }

    @Test
    void onlyWhatIsOldIsCollected() throws IOException {
        StoredPayload old = store.put(BYTES, "image/png");
        StoredPayload young = store.put(new byte[] {1}, "image/png");
        age(old, DAY.plusMillis(1));
        age(young, DAY);

        assertThat(store.collect(DAY)).isEqualTo(1);
        assertThat(store.has(old)).isFalse();
        assertThat(store.has(young)).isTrue();
        assertThat(store.collect(DAY)).isZero();
    }

    @Test
    void whatIsSparedIsNotCollected() throws IOException {
        StoredPayload wanted = store.put(BYTES, "image/png");
        StoredPayload unwanted = store.put(new byte[] {1}, "image/png");
        age(wanted, DAY.multipliedBy(2));
        age(unwanted, DAY.multipliedBy(2));

        assertThat(store.collect(DAY, wanted.getDigest()::equals)).isEqualTo(1);
        assertThat(store.has(wanted)).isTrue();
        assertThat(store.has(unwanted)).isFalse();
    }

    @Test
    void aPutMakesWhatIsThereNew() throws IOException {
        now = Instant.now();
        StoredPayload payload = store.put(BYTES, "image/png");
        age(payload, DAY.multipliedBy(2));

        store.put(BYTES, "image/png");

        assertThat(store.collect(DAY)).isZero();
        assertThat(store.has(payload)).isTrue();
    }

    @Test
    void whatADeadWriterLeftIsCollectedButNotCounted() throws IOException {
        Path left = root.resolve("payloads/incoming/left");
        Files.write(left, BYTES);
        Files.setLastModifiedTime(left, FileTime.from(START.minus(DAY.multipliedBy(2))));

        assertThat(store.collect(DAY)).isZero();
        assertThat(left).doesNotExist();
    }

    @Test
    void otherFoldersBesideAreNeverCollected() throws IOException {
        Path upload = Files.createDirectories(root.resolve("files")).resolve("upload");
        Files.write(upload, BYTES);
        Files.setLastModifiedTime(upload, FileTime.from(START.minus(DAY.multipliedBy(99))));

        store.collect(DAY);

        assertThat(upload).exists();
    }

    /** What was put is there, also when a collector has just begun to take the old one away. */
    @Test
    void collectingNeverTakesWhatIsPutMeanwhile() throws Exception {
        now = Instant.now();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writers =
                    List.of(
                            threads.submit(() -> growOldAndPut(new byte[] {1})),
                            threads.submit(() -> growOldAndPut(new byte[] {2})));
            List<Future<Integer>> collectors = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                collectors.add(threads.submit(() -> collectUntilDone(writers)));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            assertThat(collectors.get(0).get() + collectors.get(1).get()).isPositive();
        }
    }

    private int collectUntilDone(List<Future<?>> writers) {
        int collected = 0;
        while (!writers.stream().allMatch(Future::isDone)) {
            collected += store.collect(DAY);
        }
        return collected;
    }

    private void growOldAndPut(byte[] bytes) {
        StoredPayload payload = store.put(bytes, "image/png");
        for (int i = 0; i < 300; i++) {
            try {
                age(payload, DAY.multipliedBy(2));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            store.put(bytes, "image/png");
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> store.has(payload));
        }
    }

    @Test
    void aSweeperCollectsAndStops() throws IOException {
        StoredPayload old = store.put(BYTES, "image/png");
        age(old, PayloadSweeper.KEPT.plusMillis(1));
        try (PayloadSweeper sweeper = PayloadSweeper.start(store, Duration.ofMillis(10))) {
            assertThat(sweeper).isNotNull();
            Awaitility.await().until(() -> !store.has(old));
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("brigade-payload-sweeper");
    }

    @Test
    void aLocationThatIsNoStoreIsRefusedAtTheStart() throws IOException {
        Path file = Files.createFile(root.resolve("a-file"));

        assertThatThrownBy(() -> PayloadStores.open("relative/folder"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absolute");
        assertThatThrownBy(() -> PayloadStores.open("ftp://host/x"))
                .isInstanceOf(IllegalArgumentException.class);
        failsWith(
                ErrorCode.PAYLOAD_STORE_DOWN,
                () -> PayloadStores.open(file.resolve("x").toString()));
    }

    @Test
    void withoutAStoreEveryUseSaysSo() {
        PayloadStore none = PayloadStores.open(Optional.empty());
        StoredPayload payload = new StoredPayload(PayloadDigest.of(BYTES), 9L, "image/png");

        failsWith(ErrorCode.PAYLOAD_STORE_MISSING, () -> none.put(BYTES, "image/png"));
        failsWith(ErrorCode.PAYLOAD_STORE_MISSING, () -> none.read(payload, 10));
        failsWith(ErrorCode.PAYLOAD_STORE_MISSING, () -> none.has(payload));
        assertThat(none.collect(DAY)).isZero();
    }

    private void age(StoredPayload payload, Duration age) throws IOException {
        String digest = payload.getDigest();
        Path file = root.resolve("payloads/sha256").resolve(digest.substring(0, 2)).resolve(digest);
        Files.setLastModifiedTime(file, FileTime.from(now.minus(age)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void failsWith(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PayloadException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
