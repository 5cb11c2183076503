package dev.brigade.rest.imagebatches;

import dev.brigade.rest.calls.FieldNames;
import dev.brigade.schema.InferenceRequest;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A call to classify many images that was read and found valid. For one thread. */
final class BatchCall {

    private @Nullable InferenceRequest request;
    private final Mode mode;
    private final OptionalInt images;
    private final FieldNames names;

    BatchCall(InferenceRequest request, Mode mode, OptionalInt images, FieldNames names) {
        this.request = request;
        this.mode = mode;
        this.images = images;
        this.names = names;
    }

    /**
     * What is sent; forgotten here, since an answer may take hours and the request may list a
     * hundred thousand images.
     */
    InferenceRequest takeRequest() {
        InferenceRequest taken = request;
        if (taken == null) {
            throw new IllegalStateException("the batch was sent before");
        }
        request = null;
        return taken;
    }

    /** How its client takes the results. */
    Mode mode() {
        return mode;
    }

    /** How many images there are, where that is known before workers have looked. */
    OptionalInt images() {
        return images;
    }

    /** The names by which its client knows the contract's fields. */
    FieldNames names() {
        return names;
    }

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
