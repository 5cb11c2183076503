package dev.brigade.rest.generation;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.Sampling;
import java.util.List;
import java.util.Optional;

/** The fields that say how tokens are chosen. Their bounds are the contract's. */
final class SamplingFields {

    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

    private SamplingFields() {}

    static Sampling read(JsonFields body) {
        Sampling.Builder sampling = Sampling.newBuilder();
        body.number("temperature").ifPresent(sampling::setTemperature);
        body.number("top_p").ifPresent(sampling::setTopP);
        body.integer("top_k").ifPresent(sampling::setTopK);
        body.number("min_p").ifPresent(sampling::setMinP);
        maxTokens(body).ifPresent(sampling::setMaxTokens);
        body.value("stop").map(SamplingFields::stop).ifPresent(sampling::setStop);
        body.longInteger("seed").ifPresent(sampling::setSeed);
        body.number("presence_penalty").ifPresent(sampling::setPresencePenalty);
        body.number("frequency_penalty").ifPresent(sampling::setFrequencyPenalty);
        body.number("repeat_penalty").ifPresent(sampling::setRepeatPenalty);
        body.object("response_format")
                .map(ResponseFormatField::read)
                .ifPresent(sampling::setResponseFormat);
        return sampling.build();
    }

    private static Optional<Integer> maxTokens(JsonFields body) {
        Optional<Integer> older = body.integer(MAX_TOKENS);
        Optional<Integer> newer = body.integer(MAX_COMPLETION_TOKENS);
        if (older.isPresent() && newer.isPresent() && !older.equals(newer)) {
            throw new ApiException(
                    ApiError.invalid(
                            MAX_TOKENS, "max_tokens and max_completion_tokens are different"));
        }
        return older.or(() -> newer);
    }

    private static List<String> stop(JsonValue stop) {
        if (stop.isString()) {
            return List.of(stop.string());
        }
        if (stop.isArray()) {
            return stop.elements().stream().map(JsonValue::string).toList();
        }
        throw stop.wrongType("a string or an array of strings");
    }
}
