package dev.brigade.bench.generation;

/** A text as it comes, and when it began. One thread appends; the clock runs from construction. */
final class Text {

    private final long start = System.nanoTime();
    private final StringBuilder pieces = new StringBuilder();
    private long firstTextNanos = -1;

    /** Takes a piece; always goes on. */
    boolean append(String piece, int tokens) {
        append(piece);
        return true;
    }

    synchronized void append(String piece) {
        if (firstTextNanos < 0 && !piece.isEmpty()) {
            firstTextNanos = System.nanoTime() - start;
        }
        pieces.append(piece);
    }

    synchronized Generated generated(int tokens) {
        if (firstTextNanos < 0) {
            throw new IllegalStateException("an answer without text");
        }
        return new Generated(pieces.toString(), tokens, firstTextNanos);
    }
}
