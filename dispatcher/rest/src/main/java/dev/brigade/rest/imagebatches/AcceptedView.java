package dev.brigade.rest.imagebatches;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A batch that is stored and goes on by itself. */
record AcceptedView(String id, String object, String status, @JsonUnwrapped BatchUrls urls) {

    static AcceptedView of(String id) {
        return new AcceptedView(id, BatchView.OBJECT, BatchStatus.QUEUED.word(), BatchUrls.of(id));
    }
}
