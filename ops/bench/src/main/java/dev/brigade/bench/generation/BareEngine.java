package dev.brigade.bench.generation;

import dev.brigade.bench.programs.BenchModel;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.llama.LlamaBackend;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The worker's own engine process with the worker's settings, without anything around it. */
final class BareEngine implements Way {

    private final TextModel model;

    private BareEngine(TextModel model) {
        this.model = model;
    }

    static BareEngine load(BenchModel model) throws ModelLoadException, InterruptedException {
        return new BareEngine(new LlamaBackend().load(model.spec(), BackendContext.alone()));
    }

    @Override
    public String name() {
        return "bare engine";
    }

    @Override
    public Generated generate(Prompt prompt) {
        Text text = new Text();
        Outcome outcome =
                model.generate(request(prompt), text::append, new Cancellation(), Way.LIMIT);
        return switch (outcome) {
            case Outcome.Finished finished -> text.generated(finished.usage().completionTokens());
            case Outcome.Cancelled _ -> throw new IllegalStateException("nobody cancelled");
            case Outcome.Failed failed -> throw new IllegalStateException(failed.message());
        };
    }

    @Override
    public void close() {
        model.close();
    }

    private static GenerationRequest request(Prompt prompt) {
        var chat =
                new GenerationRequest.Prompt.Chat(
                        List.of(new GenerationRequest.Message("user", prompt.text())));
        return GenerationRequest.builder(UUID.randomUUID().toString(), chat)
                .maxTokens(OptionalInt.of(prompt.maxTokens()))
                .temperature(OptionalDouble.of(0))
                .seed(OptionalLong.of(Way.SEED))
                .build();
    }
}
