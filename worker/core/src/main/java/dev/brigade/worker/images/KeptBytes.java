package dev.brigade.worker.images;

import java.io.ByteArrayOutputStream;

/** What is kept of a file: no larger than foreseen it is never copied, nor to be looked at. */
final class KeptBytes extends ByteArrayOutputStream {

    KeptBytes(int most) {
        super(most);
    }

    /** What was written so far; nothing more may be written. */
    ByteView view() {
        return new ByteView(buf, 0, count);
    }
}
