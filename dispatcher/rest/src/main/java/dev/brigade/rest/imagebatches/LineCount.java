package dev.brigade.rest.imagebatches;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the lines that go through it and are not blank. */
final class LineCount extends FilterInputStream {

    private int count;
    private boolean lineHasText;

    LineCount(InputStream input) {
        super(input);
    }

    /** How many came through, the last also without a line end. */
    int count() {
        return lineHasText ? count + 1 : count;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            see(value);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        for (int i = offset; i < offset + read; i++) {
            see(bytes[i]);
        }
        return read;
    }

    private void see(int value) {
        if (value != '\n') {
            lineHasText |= value != ' ' && value != '\t' && value != '\r';
        } else if (lineHasText) {
            count++;
            lineHasText = false;
        }
    }
}
