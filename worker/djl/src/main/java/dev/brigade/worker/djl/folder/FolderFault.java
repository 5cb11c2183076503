package dev.brigade.worker.djl.folder;

/** A model's folder lacks something or says something wrong; the message is for the operator. */
public final class FolderFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FolderFault(String message) {
        super(message);
    }
}
