package dev.brigade.standalone.settings;

/** A setting makes no sense; the message names it, in words for a person. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
