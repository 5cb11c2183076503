package dev.brigade.acceptance.system;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a test has opened, closed in reverse order: all of it, also where closing one fails or the
 * test's own start failed in the middle.
 */
public final class Opened implements AutoCloseable {

    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    /** Closes this in the end, before everything that was added earlier. */
    public <T extends AutoCloseable> T add(T opened) {
        all.push(opened);
        return opened;
    }

    @Override
    public void close() {
        AssertionError failed = new AssertionError("not everything could be closed");
        while (!all.isEmpty()) {
            try {
                all.pop().close();
            } catch (Exception e) {
                failed.addSuppressed(e);
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}
