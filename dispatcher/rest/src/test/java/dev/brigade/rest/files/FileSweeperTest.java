package dev.brigade.rest.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.rest.TestingClock;
import dev.brigade.rest.config.FileArea;
import dev.brigade.rest.ledger.Entry;
import dev.brigade.rest.ledger.TestingLedger;
import dev.brigade.rest.ledger.Turn;
import dev.brigade.rest.ledger.TurnLostException;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobStatus;
import dev.brigade.schema.StoredFile;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class FileSweeperTest {

    private static final Duration LONG_AGO = Duration.ofMinutes(61);

    private final TestingClock clock = new TestingClock();
    private final TestingLedger known = new TestingLedger();
    private final TestingLedger.View ledger = known.view();
    @TempDir private Path folder;
    private PayloadStore store;
    private FileSweeper sweeper;

    @BeforeEach
    void start() {
        store = PayloadStores.open(Optional.of(folder.toString()));
        // Its thread looks once a day: here the test says when.
        FileProperties rarely = new FileProperties(DataSize.ofMegabytes(1), 1, Duration.ofDays(1));
        sweeper = new FileSweeper(ledger, new FileArea(store), clock, rarely);
    }

    @AfterEach
    void stop() {
        sweeper.close();
        store.close();
    }

    @Test
    void aFileWhoseTimeIsOverGoesAndItsBytesGoWithIt() {
        StoredPayload bytes = put("over");
        StoredPayload more = put("lasting");
        file("a", bytes, clock.millis());
        file("b", more, clock.millis() + 1);
        file("c", more, null);
        age(LONG_AGO);

        sweep();

        assertThat(ledger.records().files()).extracting(StoredFile::getId).containsOnly("b", "c");
        assertThat(store.has(bytes)).isFalse();
        assertThat(store.has(more)).isTrue();
    }

    @Test
    void bytesThatAnotherFileNamesStay() {
        StoredPayload shared = put("the same");
        file("a", shared, clock.millis());
        file("b", shared, null);
        age(LONG_AGO);

        sweep();

        assertThat(ledger.records().files()).extracting(StoredFile::getId).containsOnly("b");
        assertThat(store.has(shared)).isTrue();
    }

    @Test
    void inputAndPartsOfABatchStayThoughTheInputFileIsDeleted() {
        StoredPayload input = put("input");
        StoredPayload part = put("part");
        StoredPayload lost = put("part of a lost turn");
        BatchJob.Builder batch = batch(input).setParts(List.of(part));
        ledger.put(Entry.of(batch.build()));
        age(LONG_AGO);

        sweep();
        assertThat(store.has(input)).isTrue();
        assertThat(store.has(part)).isTrue();
        assertThat(store.has(lost)).isFalse();

        // The parts of a batch that has ended were put together.
        ledger.put(Entry.of(batch.setParts(List.of()).build()));
        sweep();
        assertThat(store.has(input)).isTrue();
        assertThat(store.has(part)).isFalse();
    }

    @Test
    void bytesHaveAnHourToBeNamed() {
        StoredPayload upload = put("an upload under way");
        age(Duration.ofMinutes(59));
        sweep();
        assertThat(store.has(upload)).isTrue();

        age(LONG_AGO);
        sweep();
        assertThat(store.has(upload)).isFalse();
    }

    @Test
    void whoHasNotTheTurnRemovesNothing() {
        StoredPayload bytes = put("over");
        file("a", bytes, clock.millis());
        age(LONG_AGO);

        sweeper.sweep();
        Turn lost = ledger.takeTurn().turn().orElseThrow();
        known.view().takeTurn();
        sweeper.sweep();
        assertThatThrownBy(() -> sweeper.sweep(lost)).isInstanceOf(TurnLostException.class);

        assertThat(ledger.records().files()).hasSize(1);
        assertThat(store.has(bytes)).isTrue();
    }

    private void sweep() {
        ledger.takeTurn();
        sweeper.sweep();
    }

    private StoredPayload put(String text) {
        return store.put(text.getBytes(UTF_8), "application/jsonl");
    }

    private void file(String id, StoredPayload bytes, @Nullable Long expiresAt) {
        ledger.put(
                Entry.of(
                        StoredFile.newBuilder()
                                .setId(id)
                                .setFilename(id)
                                .setPurpose("batch")
                                .setPayload(bytes)
                                .setCreatedAt(1)
                                .setExpiresAt(expiresAt)
                                .build()));
    }

    private static BatchJob.Builder batch(StoredPayload input) {
        return BatchJob.newBuilder()
                .setId("batch_1")
                .setStatus(BatchJobStatus.IN_PROGRESS)
                .setEndpoint("/v1/embeddings")
                .setInputFileId("deleted")
                .setInput(input)
                .setCompletionWindow("24h")
                .setMetadata(Map.of())
                .setCreatedAt(1)
                .setExpiresAt(2);
    }

    /** Nobody has put any of the bytes for so long. */
    private void age(Duration since) {
        FileTime then = FileTime.from(Instant.now().minus(since));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(one, then);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
