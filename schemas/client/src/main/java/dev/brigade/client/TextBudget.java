package dev.brigade.client;

import java.util.concurrent.atomic.AtomicLong;

/** Characters that all open streams together may keep. Safe for use by many threads. */
final class TextBudget {

    private final AtomicLong left;

    TextBudget(long chars) {
        left = new AtomicLong(chars);
    }

    /** Takes some characters, or none when fewer are left. */
    boolean tryTake(long chars) {
        return left.getAndUpdate(have -> have >= chars ? have - chars : have) >= chars;
    }

    void giveBack(long chars) {
        left.addAndGet(chars);
    }

    long left() {
        return left.get();
    }
}
