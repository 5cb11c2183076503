package dev.brigade.rest.http;

import java.io.IOException;

/** The client hung up while its answer was awaited. */
public final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;
}
