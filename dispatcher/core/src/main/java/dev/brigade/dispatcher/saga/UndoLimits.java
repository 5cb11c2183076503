package dev.brigade.dispatcher.saga;

/**
 * Patience with participants that undo effects outside.
 *
 * @param maxAttempts of one compensation before it is a dead letter, 1 to 20
 * @param backoffMs before the second attempt, doubling with each, 1 ms to 1 min
 * @param maxBackoffMs most between two attempts, 1 ms to 1 h
 * @param answerMs silence after which an attempt counts as failed, 1 ms to 1 h
 */
public record UndoLimits(int maxAttempts, long backoffMs, long maxBackoffMs, long answerMs) {

    public static final UndoLimits DEFAULTS = new UndoLimits(5, 1_000, 60_000, 30_000);

    public UndoLimits {
        Limits.check("undoing.maxAttempts", maxAttempts, 1, 20);
        Limits.check("undoing.backoffMs", backoffMs, 1, 60_000);
        Limits.check("undoing.maxBackoffMs", maxBackoffMs, 1, 3_600_000);
        Limits.check("undoing.answerMs", answerMs, 1, 3_600_000);
    }

    /** Pause after the given failed attempt, counted from 1. */
    long backoffAfter(int attempt) {
        return Math.min(maxBackoffMs, backoffMs << Math.min(attempt - 1, 20));
    }
}
