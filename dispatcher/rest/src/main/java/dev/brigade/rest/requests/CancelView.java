package dev.brigade.rest.requests;

/**
 * The answer to a cancel.
 *
 * @param status {@code cancelling}, or how the request had ended before
 */
record CancelView(String id, String object, String status) {}
