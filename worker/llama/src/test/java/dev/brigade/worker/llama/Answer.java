package dev.brigade.worker.llama;

import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TokenSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What came of a request.
 *
 * @param tokens sum of what the sink was told
 */
record Answer(Outcome outcome, List<String> pieces, int tokens) {

    static final Duration LONG = Duration.ofSeconds(30);

    /** A request to be filled in. */
    record Ask(
            Prompt prompt,
            OptionalInt maxTokens,
            OptionalInt totalTokens,
            OptionalDouble temperature,
            OptionalLong seed,
            List<String> stop,
            Constraint constraint) {

        static Ask raw(String text) {
            return of(new Prompt.Raw(text));
        }

        static Ask chat(String content) {
            return chat(List.of(new Message("user", content)));
        }

        static Ask chat(List<Message> messages) {
            return of(new Prompt.Chat(messages));
        }

        private static Ask of(Prompt prompt) {
            return new Ask(
                    prompt,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalDouble.of(0),
                    OptionalLong.empty(),
                    List.of(),
                    new Constraint.None());
        }

        Ask max(int tokens) {
            return new Ask(
                    prompt,
                    OptionalInt.of(tokens),
                    totalTokens,
                    temperature,
                    seed,
                    stop,
                    constraint);
        }

        Ask total(int tokens) {
            return new Ask(
                    prompt, maxTokens, OptionalInt.of(tokens), temperature, seed, stop, constraint);
        }

        Ask temperature(double value) {
            return new Ask(
                    prompt,
                    maxTokens,
                    totalTokens,
                    OptionalDouble.of(value),
                    seed,
                    stop,
                    constraint);
        }

        Ask seed(long value) {
            return new Ask(
                    prompt,
                    maxTokens,
                    totalTokens,
                    temperature,
                    OptionalLong.of(value),
                    stop,
                    constraint);
        }

        Ask stop(String... stops) {
            return new Ask(
                    prompt, maxTokens, totalTokens, temperature, seed, List.of(stops), constraint);
        }

        Ask schema(String schema) {
            return constraint(new Constraint.JsonSchema(schema));
        }

        Ask constraint(Constraint form) {
            return new Ask(prompt, maxTokens, totalTokens, temperature, seed, stop, form);
        }

        GenerationRequest request() {
            return GenerationRequest.builder("r", prompt)
                    .maxTokens(maxTokens)
                    .totalTokens(totalTokens)
                    .temperature(temperature)
                    .seed(seed)
                    .stop(stop)
                    .constraint(constraint)
                    .build();
        }
    }

    static Answer of(LlamaModel model, Ask ask) {
        return of(model, ask, new Cancellation(), LONG, (text, tokens) -> true);
    }

    static Answer of(
            LlamaModel model, Ask ask, Cancellation cancellation, Duration limit, TokenSink sink) {
        List<String> pieces = new ArrayList<>();
        int[] tokens = {0};
        Outcome outcome =
                model.generate(
                        ask.request(),
                        (text, count) -> {
                            pieces.add(text);
                            tokens[0] += count;
                            return sink.accept(text, count);
                        },
                        cancellation,
                        limit);
        return new Answer(outcome, List.copyOf(pieces), tokens[0]);
    }

    String text() {
        return String.join("", pieces);
    }

    Outcome.Finished finished() {
        if (outcome instanceof Outcome.Finished finished) {
            return finished;
        }
        throw new AssertionError("not finished but " + outcome);
    }

    Outcome.Failed failed() {
        if (outcome instanceof Outcome.Failed failed) {
            return failed;
        }
        throw new AssertionError("not failed but " + outcome);
    }
}
