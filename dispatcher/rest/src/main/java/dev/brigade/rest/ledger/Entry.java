package dev.brigade.rest.ledger;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobCancel;
import dev.brigade.schema.StoredFile;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The newest that is known under a key.
 *
 * @param topic topic of the key
 * @param value nothing where it is deleted
 */
public record Entry(String topic, String key, @Nullable SpecificRecord value) {

    static final String CANCEL = "cancel/";

    /** A file as it is. */
    public static Entry of(StoredFile file) {
        return new Entry(Topics.FILES, file.getId(), file);
    }

    /** A batch as far as it is. */
    public static Entry of(BatchJob batch) {
        return new Entry(Topics.BATCHES, batch.getId(), batch);
    }

    /** A wish. */
    public static Entry of(BatchJobCancel cancel) {
        return new Entry(Topics.BATCHES, CANCEL + cancel.getBatchId(), cancel);
    }

    /** A file that is deleted. */
    public static Entry withoutFile(String id) {
        return new Entry(Topics.FILES, id, null);
    }

    /** A batch that is forgotten. */
    public static Entry withoutBatch(String id) {
        return new Entry(Topics.BATCHES, id, null);
    }

    /** A wish that is forgotten. */
    public static Entry withoutCancel(String id) {
        return new Entry(Topics.BATCHES, CANCEL + id, null);
    }
}
