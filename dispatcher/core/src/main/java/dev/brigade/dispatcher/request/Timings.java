package dev.brigade.dispatcher.request;

/** Where the time of an attempt went, in milliseconds by the worker's clock. */
public record Timings(long loadWaitMs, long firstTokenMs, long totalMs) {}
