package dev.brigade.rest.ledger;

/** Another instance has the turn: leave everything as it is. */
public final class TurnLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TurnLostException() {
        super("another instance works on the batches", null, false, false);
    }
}
