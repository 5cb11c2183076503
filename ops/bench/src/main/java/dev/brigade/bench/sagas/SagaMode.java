package dev.brigade.bench.sagas;

import dev.brigade.client.ChatRequest;
import dev.brigade.client.GenerationRequest;
import dev.brigade.client.MapRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;

/** A mode, and the request of it that is measured. */
enum SagaMode {
    SINGLE,
    CRITIQUE,
    DEBATE,
    ENSEMBLE,
    PIPELINE,
    MAP;

    private static final int ITEMS = 8;

    /** As requests write it. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A request; a map asks the question of each of its eight items.
     *
     * @param question in whole characters
     */
    GenerationRequest request(String question, Duration deadline) {
        if (this == MAP) {
            return MapRequest.builder()
                    .items(Collections.nCopies(ITEMS, question))
                    .deadline(deadline)
                    .build();
        }
        return ChatRequest.builder()
                .user(question)
                .orchestrationMode(wireName())
                .deadline(deadline)
                .build();
    }
}
