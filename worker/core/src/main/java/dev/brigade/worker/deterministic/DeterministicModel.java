package dev.brigade.worker.deterministic;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.Picture;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.backend.TokenLimit;
import dev.brigade.worker.backend.TokenSink;
import dev.brigade.worker.deterministic.Script.Cue;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Answers with what its file's rules say, and otherwise with words, or a JSON document of the form
 * that is asked for, which prompt and seed choose: the same prompt and seed give the same text. A
 * stop string ends the text before the token that completes it.
 */
final class DeterministicModel implements TextModel {

    private static final String ANY_OBJECT =
            """
            {"type": "object", "properties": {"answer": {"type": "string"}}}
            """;

    private final ModelSpec spec;
    private final DeterministicFile file;
    private final Script script;
    private final CountDownLatch closed = new CountDownLatch(1);

    DeterministicModel(ModelSpec spec, DeterministicFile file) {
        this.spec = spec;
        this.file = file;
        this.script = new Script(file.replies());
    }

    @Override
    public ModelFacts facts() {
        return ModelFacts.ofText(
                spec.contextLength(),
                takesImages()
                        ? Set.of("chat", "completion", "json_schema", "image_input", "classify")
                        : Set.of("chat", "completion", "json_schema"),
                file.memoryMb(),
                "",
                OptionalLong.empty(),
                "");
    }

    @Override
    public Health health() {
        return Health.READY;
    }

    @Override
    public Outcome generate(
            GenerationRequest request, TokenSink sink, Cancellation cancellation, Duration limit) {
        String prompt = text(request.prompt());
        int promptTokens = Words.count(prompt);
        return switch (TokenLimit.of(request, promptTokens, spec.contextLength())) {
            case TokenLimit.Full(ErrorCode code, String message) -> failed(code, message);
            case TokenLimit.Room(int most) -> {
                Cue cue = script.cue(request.id(), prompt, request.seed().orElse(0));
                yield switch (content(request, prompt, cue)) {
                    case Content.Impossible(String reason) ->
                            failed(ErrorCode.INVALID_REQUEST, "response_format: " + reason);
                    case Content.Tokens(Iterator<String> tokens) ->
                            new Answer(
                                            plan(promptTokens, tokens, most, cue),
                                            request,
                                            sink,
                                            cancellation,
                                            limit,
                                            closed)
                                    .say();
                };
            }
        };
    }

    @Override
    public boolean takesImages() {
        return file.task() == DeterministicFile.Task.VISION;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private Answer.Plan plan(int promptTokens, Iterator<String> tokens, int most, Cue cue) {
        int speed = cue.tokensPerSecond().orElse(file.tokensPerSecond());
        return new Answer.Plan(promptTokens, tokens, most, cue.failure(), speed);
    }

    private Content content(GenerationRequest request, String prompt, Cue cue) {
        if (cue.text().isPresent()) {
            return new Content.Tokens(Words.tokens(cue.text().get()));
        }
        // Not java.util.Random, whose first numbers are alike for seeds that are near each other.
        RandomGenerator random = new SplittableRandom(prompt.hashCode() + request.seed().orElse(0));
        return switch (request.constraint()) {
            case Constraint.None() -> new Content.Tokens(words(request, random));
            case Constraint.JsonObject() -> document(ANY_OBJECT, random);
            case Constraint.JsonSchema(String schema) -> document(schema, random);
        };
    }

    /** As long as the request allows; where it does not say, as long as the file says. */
    private Iterator<String> words(GenerationRequest request, RandomGenerator random) {
        Iterator<String> endless = Words.tokens(random);
        return request.maxTokens().isPresent()
                ? endless
                : Stream.generate(endless::next).limit(file.answerTokens()).iterator();
    }

    private static Content document(String schema, RandomGenerator random) {
        return switch (SchemaDocument.of(schema, random)) {
            case SchemaDocument.Result.Document(String json) ->
                    new Content.Tokens(Words.tokens(json));
            case SchemaDocument.Result.Refused(String reason) -> new Content.Impossible(reason);
        };
    }

    private static Outcome failed(ErrorCode code, String message) {
        return new Outcome.Failed(code, message, false);
    }

    private static String text(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Raw(String text) -> text;
            case Prompt.Chat(List<Message> messages) ->
                    String.join("\n", messages.stream().map(DeterministicModel::text).toList());
        };
    }

    /** A picture reads as its shade in brackets. */
    private static String text(Message message) {
        StringBuilder text = new StringBuilder(message.role()).append(": ");
        for (Picture picture : message.pictures()) {
            text.append('[').append(Shade.of(picture)).append("] ");
        }
        return text.append(message.content()).toString();
    }

    /** What there is to say. */
    private sealed interface Content {
        record Tokens(Iterator<String> tokens) implements Content {}

        record Impossible(String reason) implements Content {}
    }
}
