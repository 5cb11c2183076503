package dev.brigade.rest.batches;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads a file line by line; memory holds one of them. For one thread. */
final class InputLines implements AutoCloseable {

    private final InputStream input;
    private final int maxBytes;
    private int index;
    private int number;

    InputLines(InputStream input, int maxBytes) {
        this.input = new BufferedInputStream(input, 64 << 10);
        this.maxBytes = maxBytes;
    }

    /**
     * The next line that is not blank; empty at the end.
     *
     * @throws LineTooLongException when it has more bytes than allowed
     */
    Optional<InputLine> next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean blank = true;
        for (int value = read(); value >= 0; value = read()) {
            if (value == '\n') {
                number++;
                if (!blank) {
                    return Optional.of(new InputLine(index++, number, line.toByteArray()));
                }
                line.reset();
                continue;
            }
            if (line.size() == maxBytes) {
                throw new LineTooLongException(number + 1);
            }
            blank &= value == ' ' || value == '\t' || value == '\r';
            line.write(value);
        }
        return blank
                ? Optional.empty()
                : Optional.of(new InputLine(index++, ++number, line.toByteArray()));
    }

    private int read() {
        try {
            return input.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
