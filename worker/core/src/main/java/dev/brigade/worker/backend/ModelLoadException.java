package dev.brigade.worker.backend;

/**
 * A model cannot be loaded; the message is one line that names the file and what is wrong with it.
 */
public final class ModelLoadException extends Exception {

    private static final long serialVersionUID = 1L;

    public ModelLoadException(String message) {
        super(message);
    }

    public ModelLoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
