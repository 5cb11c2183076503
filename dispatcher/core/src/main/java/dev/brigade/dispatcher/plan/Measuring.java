package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Agreement;
import dev.brigade.dispatcher.agreement.Likeness;
import dev.brigade.dispatcher.agreement.Voice;
import dev.brigade.dispatcher.handoff.TextTokens;
import dev.brigade.dispatcher.request.Input;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far some voices agree: by their embeddings, which a stage of its own makes, or by their words
 * where there is no model for it, its stage was lost, or the answers are so short that they can be
 * compared as they are: embeddings blur numbers, and yes and no.
 *
 * @param round of the voices; its stage is embed-round
 * @param stages of the voices, two or more
 */
record Measuring(Optional<Yardstick> yardstick, int round, List<String> stages) {

    private static final String EMBED = "embed-";

    static boolean isEmbed(String stage) {
        return stage.startsWith(EMBED);
    }

    static String stage(int round) {
        return EMBED + round;
    }

    static int round(String stage) {
        return Integer.parseInt(stage, EMBED.length(), stage.length(), 10);
    }

    /** The stage that embeds them. */
    static StageSpec spec(Optional<Yardstick> yardstick, String stage) {
        return StageSpec.calls(stage, Kind.EMBED, yardstick.orElseThrow().cast(), Need.WANTED);
    }

    /** What is to be done, or waited for, before it can be said. */
    Optional<Step> before(Progress progress) {
        String embed = stage(round);
        Standing standing = progress.standing(embed);
        if (standing == Standing.PENDING) {
            return Optional.of(Step.AWAIT);
        }
        if (standing != Standing.NONE
                || yardstick.isEmpty()
                || Agreement.isPlain(voices(progress))) {
            return Optional.empty();
        }
        return Optional.of(
                progress.landing() ? Step.skip(List.of(embed), "deadline") : Step.start(embed));
    }

    Agreement agreement(Progress progress) {
        Optional<Likeness> likeness = progress.likeness(stage(round));
        return likeness.isPresent() && yardstick.isPresent()
                ? Agreement.of(voices(progress), yardstick.get().agreement(likeness.get()))
                : Agreement.of(voices(progress));
    }

    /** The texts, as far as they fit the model that embeds them. */
    Feed feed(Progress progress) {
        int window = yardstick.orElseThrow().cast().first().windowTokens();
        List<String> texts =
                stages.stream()
                        .map(progress::text)
                        .map(text -> TextTokens.forWindow(window).head(text, window))
                        .toList();
        return new Feed.Plain(
                new Input.Embedding(texts, List.of(), Optional.empty(), OptionalInt.empty()));
    }

    private List<Voice> voices(Progress progress) {
        return stages.stream()
                .map(stage -> new Voice(stage, progress.model(stage), progress.text(stage)))
                .toList();
    }
}
