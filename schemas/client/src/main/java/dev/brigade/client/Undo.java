package dev.brigade.client;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt to undo a stage's effect ended.
 *
 * @param succeeded whether the effect is undone
 * @param message for operators; cut to 500 characters, and must not hold prompt or answer text
 */
public record Undo(boolean succeeded, @Nullable String message) {

    private static final int MAX_MESSAGE = 500;
    private static final Undo DONE = new Undo(true, null);

    public Undo {
        if (message != null && message.length() > MAX_MESSAGE) {
            message = message.substring(0, MAX_MESSAGE);
        }
    }

    /** The effect is undone, now or before, or never came about. */
    public static Undo done() {
        return DONE;
    }

    /** The effect is not undone; another attempt may be made later. */
    public static Undo failed(String message) {
        return new Undo(false, message);
    }
}
