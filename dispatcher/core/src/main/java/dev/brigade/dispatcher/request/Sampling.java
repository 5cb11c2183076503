package dev.brigade.dispatcher.request;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How tokens are chosen; an empty value leaves the model's configured default. */
public record Sampling(
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalDouble minP,
        OptionalInt maxTokens,
        List<String> stop,
        OptionalLong seed,
        OptionalDouble presencePenalty,
        OptionalDouble frequencyPenalty,
        OptionalDouble repeatPenalty,
        ResponseFormat responseFormat) {

    /** Everything at the model's default. */
    public static final Sampling DEFAULTS =
            new Sampling(
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    List.of(),
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    ResponseFormat.TEXT);

    public Sampling {
        stop = List.copyOf(stop);
    }

    /** The same with another bound on the answer. */
    public Sampling withMaxTokens(int most) {
        return with(temperature, OptionalInt.of(most), seed, responseFormat);
    }

    /** The same with another temperature and seed. */
    public Sampling withChance(double warmth, long start) {
        return with(OptionalDouble.of(warmth), maxTokens, OptionalLong.of(start), responseFormat);
    }

    /** Greedy, in a schema, and nothing else. */
    public static Sampling judging(String schema) {
        return DEFAULTS.with(
                OptionalDouble.of(0),
                OptionalInt.empty(),
                OptionalLong.empty(),
                new ResponseFormat(ResponseFormat.Kind.JSON_SCHEMA, Optional.of(schema)));
    }

    private Sampling with(
            OptionalDouble temperature,
            OptionalInt maxTokens,
            OptionalLong seed,
            ResponseFormat responseFormat) {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                maxTokens,
                stop,
                seed,
                presencePenalty,
                frequencyPenalty,
                repeatPenalty,
                responseFormat);
    }
}
