package dev.brigade.rest.calls;

import dev.brigade.rest.json.JsonFields;

/** A URL whose calls may also stand in a file, a line each. */
public interface Endpoint {

    /** Such as {@code /v1/chat/completions}. */
    String url();

    /**
     * Reads a body as the URL itself would.
     *
     * @throws dev.brigade.rest.error.ApiException for a body that is refused, also for one that
     *     wants a stream
     */
    PlainCall read(JsonFields body);
}
