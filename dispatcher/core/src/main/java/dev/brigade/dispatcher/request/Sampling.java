package dev.brigade.dispatcher.request;

import java.util.List;
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
}
