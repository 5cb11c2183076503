package dev.brigade.dispatcher.saga;

import dev.brigade.config.Prompt;
import dev.brigade.config.PromptsConfig;
import dev.brigade.dispatcher.handoff.Composition;
import dev.brigade.dispatcher.handoff.Cut;
import dev.brigade.dispatcher.handoff.Handoff;
import dev.brigade.dispatcher.handoff.HandoffWriter;
import dev.brigade.dispatcher.plan.Feed;
import dev.brigade.dispatcher.plan.StageSpec;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Report;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes what a stage's model is given. The same feed and window give the same input. */
final class InputWriter {

    private final PromptsConfig prompts;

    InputWriter(PromptsConfig prompts) {
        this.prompts = prompts;
    }

    /** An input, or why there can be none. */
    sealed interface Written {

        /**
         * An input that fits.
         *
         * @param prompt empty where the input is the request's own
         * @param cuts what was left out
         */
        record Fit(Input input, Optional<Prompt> prompt, List<Report.Cut> cuts)
                implements Written {}

        record Unfit(Failure failure) implements Written {}
    }

    /**
     * Writes an input.
     *
     * @param windowTokens for prompt and answer
     * @param answerTokens wanted for the answer; without them a quarter is kept for it
     */
    Written write(Feed feed, StageSpec spec, int windowTokens, OptionalInt answerTokens) {
        return switch (feed) {
            case Feed.Plain plain -> new Written.Fit(plain.input(), Optional.empty(), List.of());
            case Feed.Prompted prompted ->
                    spec.prompt()
                            .flatMap(prompts::prompt)
                            .map(prompt ->
                                    fill(prompt, prompted.handoff(), windowTokens, answerTokens))
                            .orElseGet(() -> gone(spec));
        };
    }

    private static Written fill(
            Prompt prompt, Handoff handoff, int windowTokens, OptionalInt answerTokens) {
        int kept = Math.min(answerTokens.orElse(windowTokens / 4), windowTokens / 2);
        return switch (HandoffWriter.write(prompt, handoff, windowTokens, kept)) {
            case Composition.Composed composed ->
                    new Written.Fit(
                            new Input.Chat(composed.messages()),
                            Optional.of(prompt),
                            composed.cuts().stream().map(InputWriter::cut).toList());
            case Composition.TooLong(Failure failure) -> new Written.Unfit(failure);
        };
    }

    private static Report.Cut cut(Cut cut) {
        return new Report.Cut(cut.section(), cut.fromTokens(), cut.toTokens());
    }

    /** Configuration has changed while the request was open. */
    private static Written gone(StageSpec spec) {
        return new Written.Unfit(
                Failure.of(
                        Code.INTERNAL_ERROR,
                        "the prompt of stage " + spec.id() + " is no longer there"));
    }
}
