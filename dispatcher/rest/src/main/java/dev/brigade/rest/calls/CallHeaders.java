package dev.brigade.rest.calls;

import dev.brigade.client.SubmitOptions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The headers of a call that go on into Kafka. */
public final class CallHeaders {

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private CallHeaders() {}

    /** The header {@code Idempotency-Key}. */
    public static Optional<String> idempotencyKey(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Idempotency-Key"));
    }

    /** The header {@code traceparent}, where it is well-formed. */
    public static SubmitOptions trace(HttpServletRequest request) {
        String traceparent = request.getHeader("traceparent");
        return traceparent != null && TRACEPARENT.matcher(traceparent).matches()
                ? SubmitOptions.none().withTraceparent(traceparent)
                : SubmitOptions.none();
    }
}
