package dev.brigade.rest.batches;

import dev.brigade.schema.BatchJobError;
import org.jspecify.annotations.Nullable;

/** A line of the input file is not as a line must be; the whole file is then refused. */
final class BadLineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String param;
    private final String text;

    BadLineException(String code, @Nullable String param, String text) {
        super(code, null, false, false);
        this.code = code;
        this.param = param;
        this.text = text;
    }

    BatchJobError at(int line) {
        return new BatchJobError(code, text, param, line);
    }
}
