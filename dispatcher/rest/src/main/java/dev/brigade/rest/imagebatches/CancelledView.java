package dev.brigade.rest.imagebatches;

/**
 * The answer to a cancel.
 *
 * @param status {@code cancelling}, or how the batch has ended
 */
record CancelledView(String id, String object, String status) {}
