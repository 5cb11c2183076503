package dev.brigade.client;

import java.util.concurrent.atomic.AtomicLong;

/** Characters that all open streams together may keep. Safe for use by many threads. */
final class TextBudget {

    private final long all;
    private final AtomicLong left;

    TextBudget(long chars) {
        all = chars;
        left = new AtomicLong(chars);
    }

    /** Takes some characters, or none when fewer are left. */
    boolean tryTake(long chars) {
        return tryTake(chars, 0);
    }

    /** As {@link #tryTake}, for drafts: they leave half of all to answers. */
    boolean tryTakeForDraft(long chars) {
        return tryTake(chars, all - all / 2);
    }

    private boolean tryTake(long chars, long leave) {
        long need = chars + leave;
        return left.getAndUpdate(have -> have >= need ? have - chars : have) >= need;
    }

    void giveBack(long chars) {
        left.addAndGet(chars);
    }

    long left() {
        return left.get();
    }
}
