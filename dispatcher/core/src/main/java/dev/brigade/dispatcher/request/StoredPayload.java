package dev.brigade.dispatcher.request;

/**
 * Bytes in the payload store.
 *
 * @param digest SHA-256, lower-case hex
 * @param bytes how many
 */
public record StoredPayload(String digest, long bytes, String mediaType) {}
