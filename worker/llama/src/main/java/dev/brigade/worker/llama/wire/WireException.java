package dev.brigade.worker.llama.wire;

import java.io.IOException;

/** The other side broke the protocol. */
public final class WireException extends IOException {

    private static final long serialVersionUID = 1L;

    WireException(String message) {
        super(message);
    }
}
