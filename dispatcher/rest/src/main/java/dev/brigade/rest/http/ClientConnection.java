package dev.brigade.rest.http;

import jakarta.servlet.http.HttpServletRequest;

/** The connection on which an answer is awaited. */
@FunctionalInterface
public interface ClientConnection {

    /**
     * Whether the client has hung up, or at least closed its side. Call it only on the thread that
     * handles the request, behind the last read of its body. Never blocks.
     */
    boolean isGone();

    /** The connection of a request; one that never looks gone where the server cannot tell. */
    static ClientConnection of(HttpServletRequest request) {
        return request.getAttribute(ConnectionValve.ATTRIBUTE) instanceof ClientConnection found
                ? found
                : () -> false;
    }
}
