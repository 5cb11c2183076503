package dev.brigade.worker.remote;

/** The caller wants no result any more. */
final class CallCancelled extends Exception {

    private static final long serialVersionUID = 1L;

    CallCancelled() {
        super("cancelled", null, false, false);
    }
}
