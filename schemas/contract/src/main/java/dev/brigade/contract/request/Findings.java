package dev.brigade.contract.request;

import dev.brigade.contract.error.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first rule that one request does not keep. */
final class Findings {

    static final int MAX_NAME_LENGTH = 200;

    private @Nullable Violation first;

    Optional<Violation> first() {
        return Optional.ofNullable(first);
    }

    boolean none() {
        return first == null;
    }

    void require(boolean kept, String param, String rule) {
        require(kept, ErrorCode.INVALID_REQUEST, param, rule);
    }

    void require(boolean kept, ErrorCode code, String param, String rule) {
        if (!kept && first == null) {
            first = new Violation(code, param, param + " " + rule);
        }
    }

    void size(String param, int size, int most) {
        require(size >= 1 && size <= most, param, "must hold 1 to " + most + " entries");
    }

    void name(String param, @Nullable String value) {
        require(
                value == null || RequestId.isUsable(value),
                param,
                "must be 1 to " + MAX_NAME_LENGTH + " characters");
    }

    void length(String param, @Nullable String value, int most) {
        require(
                value == null || value.length() <= most,
                param,
                "must have at most " + most + " characters");
    }

    void range(String param, @Nullable Number value, double least, double most) {
        require(
                value == null || (value.doubleValue() >= least && value.doubleValue() <= most),
                param,
                "must be %s to %s".formatted(plain(least), plain(most)));
    }

    private static String plain(double bound) {
        if (bound == Double.MIN_NORMAL) {
            return "above 0";
        }
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
