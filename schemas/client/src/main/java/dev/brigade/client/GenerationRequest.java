package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;

/** A request for text. */
public sealed interface GenerationRequest permits ChatRequest, CompletionRequest, MapRequest {

    /** The record that is sent. */
    InferenceRequest toRecord(String tenant);
}
