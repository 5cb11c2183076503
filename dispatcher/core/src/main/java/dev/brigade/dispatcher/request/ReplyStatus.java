package dev.brigade.dispatcher.request;

/** How a request ended. */
public enum ReplyStatus {
    COMPLETED,
    FAILED,
    REJECTED,
    CANCELLED,
    EXPIRED
}
