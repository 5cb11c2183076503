package dev.brigade.rest.generation;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import java.util.Optional;

/** The fields that say how many models work together, and what they may use up. */
final class OrchestrationFields {

    private OrchestrationFields() {}

    static void read(JsonFields body, InferenceRequest.Builder request) {
        mode(body, request.getInput()).ifPresent(request::setOrchestrationMode);
        body.string("preset").ifPresent(request::setPreset);
        body.bool("allow_smaller_mode").ifPresent(request::setAllowSmallerMode);
        body.bool("stream_stages").ifPresent(request::setStreamStages);
        body.integer("max_total_tokens").ifPresent(request::setMaxTotalTokens);
        body.number("max_cost").ifPresent(request::setMaxCost);
        if (request.getStreamStages() && !request.getStream()) {
            throw new ApiException(
                    ApiError.invalid(
                            "stream_stages", "stream_stages is allowed only with stream: true"));
        }
    }

    /** Items have one mode, which need not be said. */
    private static Optional<String> mode(JsonFields body, Object input) {
        Optional<String> named = body.string("orchestration_mode");
        return input instanceof MapInput ? named.or(() -> Optional.of("map")) : named;
    }
}
