package dev.brigade.rest.calls;

import dev.brigade.client.Answer;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.schema.InferenceRequest;

/**
 * A call that was read and found valid, and has one whole answer.
 *
 * @param request what is sent
 * @param form the form of its answer
 * @param names the names by which its client knows the contract's fields
 */
public record PlainCall(InferenceRequest request, Form form, FieldNames names) {

    /** Turns an answer into what is written as JSON. */
    @FunctionalInterface
    public interface Form {

        /**
         * What is written.
         *
         * @param memory holds what is large of it, until it is written
         */
        Object of(Answer answer, BodyMemory.Share memory);
    }
}
