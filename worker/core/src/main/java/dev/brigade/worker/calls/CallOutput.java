package dev.brigade.worker.calls;

import dev.brigade.worker.backend.Outcome;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a call came to.
 *
 * @param output as it stands in {@code AttemptFinished.output}
 * @param usage tokens that it took
 */
public record CallOutput(SpecificRecord output, Outcome.Usage usage) {

    /** An output of a model that reads tokens and writes none. */
    static CallOutput reading(SpecificRecord output, int promptTokens) {
        return new CallOutput(output, new Outcome.Usage(promptTokens, 0, -1));
    }
}
