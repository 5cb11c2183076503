package dev.brigade.worker.calls;

import dev.brigade.schema.Classification;
import dev.brigade.worker.backend.Outcome;

/**
 * A classified image.
 *
 * @param usage tokens that it took; none where the model reads no text
 */
record Classified(Classification classification, Outcome.Usage usage) {

    static final Outcome.Usage NO_TOKENS = new Outcome.Usage(0, 0, -1);
}
