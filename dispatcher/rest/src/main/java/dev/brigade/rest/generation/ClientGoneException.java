package dev.brigade.rest.generation;

import java.io.IOException;

/** The client hung up while its answer was awaited. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;
}
