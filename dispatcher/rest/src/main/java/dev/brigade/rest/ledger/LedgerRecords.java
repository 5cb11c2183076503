package dev.brigade.rest.ledger;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobCancel;
import dev.brigade.schema.StoredFile;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest record of every key. One thread writes, many read; records are never changed. */
public final class LedgerRecords {

    private final Map<String, StoredFile> files = new ConcurrentHashMap<>();
    private final Map<String, BatchJob> batches = new ConcurrentHashMap<>();
    private final Map<String, BatchJobCancel> cancels = new ConcurrentHashMap<>();

    /** Takes a record that was read. */
    public void take(Entry entry) {
        switch (entry.value()) {
            case StoredFile file -> files.put(entry.key(), file);
            case BatchJob batch -> batches.put(entry.key(), batch);
            case BatchJobCancel cancel -> cancels.put(cancel.getBatchId(), cancel);
            case null -> remove(entry);
            default -> {
                // Of a newer version; nothing here reads it.
            }
        }
    }

    private void remove(Entry entry) {
        if (entry.topic().equals(Topics.FILES)) {
            files.remove(entry.key());
        } else if (entry.key().startsWith(Entry.CANCEL)) {
            cancels.remove(entry.key().substring(Entry.CANCEL.length()));
        } else {
            batches.remove(entry.key());
        }
    }

    /** A file, also one whose time is over. */
    public Optional<StoredFile> file(String id) {
        return Optional.ofNullable(files.get(id));
    }

    /** All files, in no order. */
    public Collection<StoredFile> files() {
        return Collections.unmodifiableCollection(files.values());
    }

    /** A batch. */
    public Optional<BatchJob> batch(String id) {
        return Optional.ofNullable(batches.get(id));
    }

    /** All batches, in no order. */
    public Collection<BatchJob> batches() {
        return Collections.unmodifiableCollection(batches.values());
    }

    /** The wish that a batch be cancelled. */
    public Optional<BatchJobCancel> cancel(String batchId) {
        return Optional.ofNullable(cancels.get(batchId));
    }
}
