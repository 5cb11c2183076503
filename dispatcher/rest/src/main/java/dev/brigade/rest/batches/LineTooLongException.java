package dev.brigade.rest.batches;

/** A line has more bytes than a line may have. */
final class LineTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int number;

    LineTooLongException(int number) {
        super("line " + number + " is too long", null, false, false);
        this.number = number;
    }

    int number() {
        return number;
    }
}
