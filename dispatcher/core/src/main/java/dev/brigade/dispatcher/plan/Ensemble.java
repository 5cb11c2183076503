package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Agreement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several answers side by side, of several models or of one (self-consistency). Where they agree
 * enough, the majority's or else the one nearest to all is taken; else one answer is made of them.
 *
 * <p>Stages: answer-1.i of several models or sample-i of one, then perhaps embed-1 to compare them,
 * and perhaps synthesise.
 *
 * @param voices one for each model, or the same for each sample
 * @param samples whether they are samples of one model, with seeds of their own
 * @param minAgreement from which one of the answers is taken, 0 to 1
 * @param temperature of samples
 * @param yardstick empty where answers are compared by their words
 */
public record Ensemble(
        List<Cast> voices,
        boolean samples,
        Cast synthesiser,
        double minAgreement,
        double temperature,
        Optional<Yardstick> yardstick)
        implements Plan {

    private static final String ANSWER = "answer-1.";
    private static final String SAMPLE = "sample-";
    private static final String SYNTHESISE = "synthesise";

    public Ensemble {
        voices = List.copyOf(voices);
        if (voices.size() < 2) {
            throw new IllegalArgumentException("an ensemble of " + voices.size());
        }
    }

    @Override
    public String name() {
        return "ensemble";
    }

    @Override
    public Step next(Progress progress) {
        List<String> stages = stages();
        if (progress.standing(stages.getFirst()) == Standing.NONE) {
            return new Step.Start(stages);
        }
        if (stages.stream().anyMatch(stage -> progress.standing(stage) == Standing.PENDING)) {
            return Step.AWAIT;
        }
        List<String> answered = progress.doneOf(stages);
        return switch (answered.size()) {
            case 0 -> new Step.GiveUp(stages.getLast());
            case 1 -> council(progress).alone(answered.getFirst());
            default -> {
                Measuring measuring = measuring(answered);
                yield measuring
                        .before(progress)
                        .orElseGet(() -> choose(progress, measuring.agreement(progress)));
            }
        };
    }

    private Measuring measuring(List<String> answered) {
        return new Measuring(yardstick, 1, answered);
    }

    private Step choose(Progress progress, Agreement agreement) {
        if (agreement.value() >= minAgreement) {
            return taken(progress, agreement, "");
        }
        return switch (progress.standing(SYNTHESISE)) {
            case NONE ->
                    progress.landing()
                            ? Step.skip(List.of(SYNTHESISE), "deadline")
                            : Step.start(SYNTHESISE);
            case PENDING -> Step.AWAIT;
            case DONE ->
                    council(progress)
                            .answered(SYNTHESISE, agreement, "synthesise made one answer of all");
            case LOST, SKIPPED -> taken(progress, agreement, "without synthesise, ");
        };
    }

    /** One of the answers: the majority's, or else the one nearest to all. */
    private Step taken(Progress progress, Agreement agreement, String why) {
        Council council = council(progress);
        return agreement
                .majorityStage()
                .map(stage ->
                        council.answered(stage, agreement, why + stage + " says what most say"))
                .orElseGet(() ->
                        council.answered(
                                agreement.medoidStage(),
                                agreement,
                                why + agreement.medoidStage() + " is nearest to all"));
    }

    private Council council(Progress progress) {
        return Council.of(
                progress,
                Stream.concat(stages().stream(), Stream.of(Measuring.stage(1))).toList(),
                minAgreement);
    }

    private List<String> stages() {
        return IntStream.rangeClosed(1, voices.size())
                .mapToObj(i -> (samples ? SAMPLE : ANSWER) + i)
                .toList();
    }

    @Override
    public StageSpec spec(String stage) {
        if (stage.equals(SYNTHESISE)) {
            return StageSpec.writes(stage, synthesiser, Need.WANTED)
                    .prompted("ensemble/synthesise")
                    .answering(Kind.SYNTHESISE);
        }
        if (Measuring.isEmbed(stage)) {
            return Measuring.spec(yardstick, stage);
        }
        int number = Integer.parseInt(stage.substring((samples ? SAMPLE : ANSWER).length()));
        Cast cast = voices.get(number - 1);
        var spec =
                StageSpec.writes(stage, cast, Need.WANTED)
                        .pinned(synthesiser.mayUse(cast.first().model()));
        return samples ? spec.sampled(number, temperature) : spec;
    }

    @Override
    public Feed feed(Progress progress, String stage) {
        List<String> answered = progress.doneOf(stages());
        if (Measuring.isEmbed(stage)) {
            return measuring(answered).feed(progress);
        }
        if (!stage.equals(SYNTHESISE)) {
            return new Feed.Plain(progress.request().input());
        }
        return new Texts(progress)
                .answers(answered)
                .decisions(
                        List.of(
                                Texts.measured(
                                        measuring(answered).agreement(progress), minAgreement)))
                .feed();
    }

    @Override
    public List<List<String>> ahead(Progress progress, List<String> running) {
        return running.contains(SYNTHESISE) ? List.of() : List.of(List.of(SYNTHESISE));
    }

    @Override
    public boolean couldAnswer(Progress progress) {
        return !progress.doneOf(stages()).isEmpty();
    }
}
