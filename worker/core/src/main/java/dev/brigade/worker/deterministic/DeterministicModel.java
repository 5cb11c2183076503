package dev.brigade.worker.deterministic;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TokenSink;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Answers with words that prompt and seed choose, one token each: the same prompt and seed give the
 * same text. A stop string ends the text before the word that completes it.
 */
final class DeterministicModel implements LoadedModel {

    private static final List<String> WORDS =
            List.of(
                    "amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet",
                    "jade", "kelp", "lumen", "maple", "north", "ocean", "pearl", "quartz", "river",
                    "stone", "tidal", "umber", "vale", "willow", "zephyr");

    private final ModelSpec spec;
    private final DeterministicFile file;
    private final CountDownLatch closed = new CountDownLatch(1);

    DeterministicModel(ModelSpec spec, DeterministicFile file) {
        this.spec = spec;
        this.file = file;
    }

    @Override
    public ModelFacts facts() {
        return new ModelFacts(
                spec.contextLength(),
                Set.of("chat", "completion"),
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
        if (!(request.constraint() instanceof Constraint.None)) {
            return failed(ErrorCode.UNSUPPORTED_FIELD, "the model cannot constrain its text");
        }
        int promptTokens = words(request.prompt());
        int room = spec.contextLength() - promptTokens;
        if (room < 1) {
            return failed(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "the prompt has %d tokens and the model's context %d"
                            .formatted(promptTokens, spec.contextLength()));
        }
        int wanted = Math.min(request.maxTokens().orElse(file.answerTokens()), room);
        return new Answer(request, sink, cancellation, limit, promptTokens, wanted).generate();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private static Outcome failed(ErrorCode code, String message) {
        return new Outcome.Failed(code, message, false);
    }

    private static String text(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Raw(String text) -> text;
            case Prompt.Chat(List<GenerationRequest.Message> messages) ->
                    String.join(
                            "\n",
                            messages.stream().map(m -> m.role() + ": " + m.content()).toList());
        };
    }

    private static int words(Prompt prompt) {
        return text(prompt).strip().split("\\s+", -1).length;
    }

    /** One request being answered. */
    private final class Answer {

        private final GenerationRequest request;
        private final TokenSink sink;
        private final Cancellation cancellation;
        private final Random random;
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private final long startedAt = System.nanoTime();
        private final long limitNanos;
        private final int promptTokens;
        private final int wanted;
        private long firstTokenMs = -1;

        Answer(
                GenerationRequest request,
                TokenSink sink,
                Cancellation cancellation,
                Duration limit,
                int promptTokens,
                int wanted) {
            this.request = request;
            this.sink = sink;
            this.cancellation = cancellation;
            this.limitNanos = limit.toNanos();
            this.promptTokens = promptTokens;
            this.wanted = wanted;
            this.random = new Random(text(request.prompt()).hashCode() + request.seed().orElse(0));
            cancellation.onCancel(cancelled::countDown);
        }

        Outcome generate() {
            StringBuilder text = new StringBuilder();
            for (int count = 0; count < wanted; count++) {
                if (System.nanoTime() - startedAt > limitNanos) {
                    return failed(ErrorCode.DEADLINE_EXCEEDED, "the request's time is over");
                }
                if (!pause() || cancellation.isCancelled()) {
                    return closed.getCount() == 0
                            ? failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded")
                            : new Outcome.Cancelled(usage(count));
                }
                String word = (count == 0 ? "" : " ") + WORDS.get(random.nextInt(WORDS.size()));
                text.append(word);
                if (request.stop().stream().anyMatch(stop -> text.indexOf(stop) >= 0)) {
                    return new Outcome.Finished(Outcome.Reason.STOP, usage(count + 1));
                }
                if (count == 0) {
                    firstTokenMs = (System.nanoTime() - startedAt) / 1_000_000;
                }
                if (!sink.accept(word, 1)) {
                    return new Outcome.Cancelled(usage(count + 1));
                }
            }
            boolean cut = request.maxTokens().isPresent() || wanted < file.answerTokens();
            return new Outcome.Finished(
                    cut ? Outcome.Reason.LENGTH : Outcome.Reason.STOP, usage(wanted));
        }

        /** Takes a token's time; false when the request must end. */
        private boolean pause() {
            if (file.tokensPerSecond() == 0) {
                return closed.getCount() > 0;
            }
            try {
                long nanos = TimeUnit.SECONDS.toNanos(1) / file.tokensPerSecond();
                return !cancelled.await(nanos, TimeUnit.NANOSECONDS) && closed.getCount() > 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private Outcome.Usage usage(int completionTokens) {
            return new Outcome.Usage(promptTokens, completionTokens, firstTokenMs);
        }
    }
}
