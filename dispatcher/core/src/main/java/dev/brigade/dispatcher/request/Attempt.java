package dev.brigade.dispatcher.request;

/** One worker's try at a job, as its events name it. */
public record Attempt(
        String requestId, String stage, String jobId, Epoch epoch, String workerId, String model) {}
