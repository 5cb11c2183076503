package dev.brigade.rest.config;

import dev.brigade.contract.payload.PayloadStore;

/**
 * Where the bytes of files lie: a payload store of their own at {@code files/} below that of the
 * payloads.
 *
 * @param store keeps what any file names
 */
public record FileArea(PayloadStore store) implements AutoCloseable {

    @Override
    public void close() {
        store.close();
    }
}
