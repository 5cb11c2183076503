package dev.brigade.rest.generation;

import dev.brigade.schema.InferenceRequest;

/**
 * A call that was read and found valid.
 *
 * @param request what is sent
 * @param includeUsage whether its stream ends with a piece of usage
 */
record GenerationCall(InferenceRequest request, boolean includeUsage) {

    boolean streamed() {
        return request.getStream();
    }
}
