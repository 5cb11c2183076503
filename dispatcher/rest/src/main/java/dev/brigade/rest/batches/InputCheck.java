package dev.brigade.rest.batches;

import dev.brigade.schema.BatchJobError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Looks a whole file over before the first line is sent. Of custom ids it keeps 16 bytes of a
 * digest each, however long they are.
 */
final class InputCheck {

    /** Most lines of a file. */
    static final int MOST_LINES = 50_000;

    private static final int MOST_ERRORS = 100;

    private final String endpoint;
    private final MessageDigest digest = sha256();
    private final Set<CustomId> ids = new HashSet<>();
    private final List<BatchJobError> errors = new ArrayList<>();
    private Optional<String> model = Optional.empty();
    private int total;

    private InputCheck(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * What is in the file.
     *
     * @param goOn whether to read on; what is given when it ends early counts for nothing
     */
    static Found read(InputLines lines, String endpoint, BooleanSupplier goOn) {
        InputCheck check = new InputCheck(endpoint);
        check.read(lines, goOn);
        return new Found(check.total, check.model, List.copyOf(check.errors));
    }

    private void read(InputLines lines, BooleanSupplier goOn) {
        try {
            for (Optional<InputLine> line = lines.next();
                    line.isPresent() && errors.size() < MOST_ERRORS && goOn.getAsBoolean();
                    line = lines.next()) {
                total++;
                if (total > MOST_LINES) {
                    whole("too_many_lines", "A file has at most " + MOST_LINES + " lines");
                    return;
                }
                check(line.get());
            }
        } catch (LineTooLongException e) {
            errors.add(
                    new BatchJobError("line_too_long", "The line is too long", null, e.number()));
            return;
        }
        if (total == 0) {
            whole("empty_file", "The file has no lines");
        }
    }

    private void check(InputLine line) {
        try {
            BatchLine read = BatchLine.read(line.bytes(), endpoint);
            if (!ids.add(id(read.customId()))) {
                throw new BadLineException(
                        "duplicate_custom_id", "custom_id", "An earlier line has this custom_id");
            }
            if (ids.size() == 1) {
                model = read.model();
            } else if (!model.equals(read.model())) {
                throw new BadLineException(
                        "model_mismatch", "body.model", "All lines must name the same model");
            }
        } catch (BadLineException e) {
            errors.add(e.at(line.number()));
        }
    }

    private void whole(String code, String message) {
        errors.add(new BatchJobError(code, message, null, null));
    }

    private CustomId id(String customId) {
        ByteBuffer bytes =
                ByteBuffer.wrap(digest.digest(customId.getBytes(StandardCharsets.UTF_8)));
        return new CustomId(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record CustomId(long high, long low) {}

    /**
     * What was found.
     *
     * @param errors what is wrong; nothing where all is as it must be
     */
    record Found(int total, Optional<String> model, List<BatchJobError> errors) {}
}
