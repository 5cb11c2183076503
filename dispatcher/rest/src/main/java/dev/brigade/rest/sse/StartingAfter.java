package dev.brigade.rest.sse;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The event behind which a reader of a stream goes on. */
public final class StartingAfter {

    private StartingAfter() {}

    /**
     * Id of the last event that the reader has; 0 is from the beginning. The query {@code
     * starting_after} wins over the header that browsers send when they reconnect.
     *
     * @throws ApiException {@code invalid_request} for what is no id
     */
    public static long of(HttpServletRequest request) {
        String asked = request.getParameter("starting_after");
        return id(asked != null ? asked : request.getHeader("Last-Event-ID"));
    }

    private static long id(@Nullable String text) {
        try {
            long id = text == null ? 0 : Long.parseLong(text);
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a negative one.
        }
        throw new ApiException(
                ApiError.invalid(
                        "starting_after", "starting_after must be the id of an event, 0 or more"));
    }
}
