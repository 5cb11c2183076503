package dev.brigade.rest.imagebatches;

import dev.brigade.rest.calls.FieldNames;
import dev.brigade.schema.InferenceRequest;
import java.util.OptionalInt;

/**
 * A call to classify many images that was read and found valid.
 *
 * @param request what is sent
 * @param mode how its client takes the results
 * @param images how many there are, where that is known before workers have looked
 * @param names the names by which its client knows the contract's fields
 */
record BatchCall(InferenceRequest request, Mode mode, OptionalInt images, FieldNames names) {

    /** How results are taken. */
    enum Mode {
        /** All together, when the last is there. */
        WAIT,
        /** As events, as they come. */
        STREAM,
        /** Later, by the batch's id. */
        ASYNC
    }
}
