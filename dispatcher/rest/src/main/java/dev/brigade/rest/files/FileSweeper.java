package dev.brigade.rest.files;

import dev.brigade.contract.payload.PayloadException;
import dev.brigade.rest.config.FileArea;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.ledger.Entry;
import dev.brigade.rest.ledger.Ledger;
import dev.brigade.rest.ledger.LedgerRecords;
import dev.brigade.rest.ledger.Turn;
import dev.brigade.rest.ledger.TurnLostException;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.StoredFile;
import dev.brigade.schema.StoredPayload;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Clears away files whose time is over, and bytes that no file and no batch names any more: of
 * deleted files, of uploads that broke off, of parts that were put together. Bytes have an hour to
 * be named before they count as left over. Only the instance that has the turn sweeps.
 */
@Component
final class FileSweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileSweeper.class);
    private static final Duration UNNAMED = Duration.ofHours(1);

    private final Ledger ledger;
    private final FileArea area;
    private final Clock clock;
    private final Duration every;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    FileSweeper(Ledger ledger, FileArea area, Clock clock, FileProperties properties) {
        this.ledger = ledger;
        this.area = area;
        this.clock = clock;
        this.every = properties.sweep();
        this.thread = Thread.ofPlatform().daemon().name("brigade-files-sweep").start(this::keepOn);
    }

    private void keepOn() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what is over, if this instance has the turn. */
    void sweep() {
        try {
            ledger.turn().ifPresent(this::sweep);
        } catch (TurnLostException | ApiException e) {
            log.debug("not swept: {}", e.getMessage());
        } catch (PayloadException e) {
            log.warn("bytes that no file names could not be removed; again in {}", every, e);
        } catch (RuntimeException e) {
            log.error("files are not swept", e);
        }
    }

    /** Removes what is over. */
    void sweep(Turn turn) {
        LedgerRecords records = ledger.records();
        long now = clock.millis();
        List<Entry> over =
                records.files().stream()
                        .filter(file -> file.getExpiresAt() != null && file.getExpiresAt() <= now)
                        .map(file -> Entry.withoutFile(file.getId()))
                        .toList();
        for (Entry entry : over) {
            turn.write(entry);
        }
        int removed = area.store().collect(UNNAMED, named(records)::contains);
        if (!over.isEmpty() || removed > 0) {
            log.info(
                    "{} files were over; bytes of {} that none names: removed",
                    over.size(),
                    removed);
        }
    }

    private static Set<String> named(LedgerRecords records) {
        Set<String> digests = new HashSet<>();
        for (StoredFile file : records.files()) {
            digests.add(file.getPayload().getDigest());
        }
        for (BatchJob batch : records.batches()) {
            batch.getParts().stream().map(StoredPayload::getDigest).forEach(digests::add);
            digests.add(batch.getInput().getDigest());
        }
        return digests;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
