package dev.brigade.rest.generation;

import dev.brigade.rest.calls.Endpoint;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.calls.PlainCall;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import java.util.Optional;

/** Calls for text, answered as a whole. */
public record GenerationEndpoint(String url, GenerationKind kind) implements Endpoint {

    @Override
    public PlainCall read(JsonFields body) {
        GenerationCall call = CallReader.read(body, kind, Optional.empty());
        if (call.streamed()) {
            throw new ApiException(
                    ApiError.unsupported("stream", "cannot be honoured in a batch of requests"));
        }
        return new PlainCall(
                call.request(), (answer, memory) -> kind.form().whole(answer), FieldNames.SAME);
    }
}
