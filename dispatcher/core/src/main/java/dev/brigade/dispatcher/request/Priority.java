package dev.brigade.dispatcher.request;

/** Class of a request, lowest first. */
public enum Priority {
    LOW,
    NORMAL,
    HIGH
}
