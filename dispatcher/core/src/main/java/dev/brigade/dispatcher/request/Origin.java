package dev.brigade.dispatcher.request;

/** Where the request's record lies. Its partition is the request's home partition. */
public record Origin(String topic, int partition, long offset) {}
