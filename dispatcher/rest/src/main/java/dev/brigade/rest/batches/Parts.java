package dev.brigade.rest.batches;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.StoredPayload;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Parts in the store. */
final class Parts {

    static final String MEDIA_TYPE = "application/jsonl";

    private static final int LONGEST_LINE = Integer.MAX_VALUE - 64;

    private Parts() {}

    static StoredPayload store(PayloadStore store, InputStream lines) {
        return store.put(lines, MEDIA_TYPE, Long.MAX_VALUE);
    }

    /** Hands on every line of a part; memory holds one. */
    static void read(PayloadStore store, StoredPayload part, Consumer<PartLine> each) {
        try (InputLines lines = new InputLines(store.open(part), LONGEST_LINE)) {
            for (Optional<InputLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                each.accept(PartLine.of(line.get().bytes()));
            }
        }
    }
}
