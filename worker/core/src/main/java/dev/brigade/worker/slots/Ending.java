package dev.brigade.worker.slots;

import dev.brigade.worker.backend.Outcome.Reason;
import dev.brigade.worker.backend.Outcome.Usage;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** How the model call of an attempt ended. */
sealed interface Ending {

    /**
     * With a result, of which all chunks are stored.
     *
     * @param text the whole text; empty where there is an output
     * @param lastSeq of its last chunk; -1 where there are none
     * @param output result that is no text
     */
    record Answer(
            String text, Reason reason, Usage usage, int lastSeq, Optional<SpecificRecord> output)
            implements Ending {

        static Answer ofText(String text, Reason reason, Usage usage, int lastSeq) {
            return new Answer(text, reason, usage, lastSeq, Optional.empty());
        }

        static Answer of(SpecificRecord output, Usage usage) {
            return new Answer("", Reason.STOP, usage, -1, Optional.of(output));
        }
    }

    /** With a failure. */
    record Failed(Refusal refusal, boolean crashed) implements Ending {}

    /** Because the attempt was stopped. */
    record Stopped(Usage usage) implements Ending {}

    /** Without a result that readers could have: a chunk could not be stored. */
    record Unstored() implements Ending {}
}
