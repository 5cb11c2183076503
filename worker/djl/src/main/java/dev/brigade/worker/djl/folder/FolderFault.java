package dev.brigade.worker.djl.folder;

import dev.brigade.worker.backend.ModelLoadException;
import java.util.Objects;

/**
 * A model's folder lacks something, or holds something that cannot be loaded. The message is for
 * the operator and names files without their folder.
 */
public final class FolderFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FolderFault(String message) {
        super(message);
    }

    public FolderFault(String message, Throwable cause) {
        super(message, cause);
    }

    /** This as what a backend throws. */
    public ModelLoadException of(ModelFolder folder) {
        return new ModelLoadException(
                "model folder %s: %s"
                        .formatted(folder.root(), Objects.requireNonNull(getMessage())),
                this);
    }
}
