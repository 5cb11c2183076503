package dev.brigade.config;

import java.io.Serial;

/** A configuration file cannot be used. The message names file, property and what is allowed. */
public final class ConfigException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }

    ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
