package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Agreement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several models answer, see what the others answered and may answer again, until they agree or the
 * rounds end; then one of them makes one answer of theirs.
 *
 * <p>Stages: answer-k.i of round k and participant i, perhaps embed-k to compare them, then
 * reconcile, unless all say the same. A lost participant is out for the rounds to come. The last
 * round with an answer decides who is left; if that is one alone, its text is the answer.
 *
 * @param rounds at most, at least 1
 * @param minAgreement that ends the rounds, 0 to 1
 * @param yardstick empty where answers are compared by their words
 */
public record Debate(
        List<Cast> participants,
        Cast reconciler,
        int rounds,
        double minAgreement,
        Optional<Yardstick> yardstick)
        implements Plan {

    private static final String ANSWER = "answer-";
    private static final String RECONCILE = "reconcile";

    public Debate {
        participants = List.copyOf(participants);
        if (participants.size() < 2 || rounds < 1) {
            throw new IllegalArgumentException(
                    "a debate of %d in %d rounds".formatted(participants.size(), rounds));
        }
    }

    @Override
    public String name() {
        return "debate";
    }

    @Override
    public Step next(Progress progress) {
        List<String> voices = List.of();
        for (int round = 1; round <= rounds; round++) {
            List<String> stages = round(progress, round);
            if (stages.stream().anyMatch(stage -> progress.standing(stage) == Standing.PENDING)) {
                return Step.AWAIT;
            }
            if (progress.standing(stages.getFirst()) == Standing.NONE) {
                return begin(progress, round, stages);
            }
            List<String> answered = progress.doneOf(stages);
            if (answered.isEmpty() && round == 1) {
                return new Step.GiveUp(stages.getLast());
            }
            voices = answered.isEmpty() ? voices : answered;
            if (answered.size() < 2) {
                break;
            }
            Measuring measuring = measuring(voices);
            Optional<Step> before = measuring.before(progress);
            if (before.isPresent()) {
                return before.get();
            }
            if (measuring.agreement(progress).value() >= minAgreement) {
                break;
            }
        }
        return conclude(progress, voices);
    }

    private Step begin(Progress progress, int round, List<String> stages) {
        Optional<String> misfit =
                round == 1 ? Optional.empty() : progress.misfit(stages, List.of(RECONCILE));
        return misfit.map(reason -> Step.skip(stages, reason))
                .orElseGet(() -> new Step.Start(stages));
    }

    private Step conclude(Progress progress, List<String> voices) {
        var council = Council.of(progress, everyStage(progress), minAgreement);
        if (voices.size() == 1) {
            return council.alone(voices.getFirst());
        }
        Agreement agreement = measuring(voices).agreement(progress);
        if (agreement.isUnanimous()) {
            return council.answered(
                    agreement.medoidStage(),
                    agreement,
                    "all say the same, so %s is the answer without reconcile"
                            .formatted(agreement.medoidStage()));
        }
        return switch (progress.standing(RECONCILE)) {
            case NONE ->
                    progress.landing()
                            ? Step.skip(List.of(RECONCILE), "deadline")
                            : Step.start(RECONCILE);
            case PENDING -> Step.AWAIT;
            case DONE -> council.answered(RECONCILE, agreement, "reconcile made one answer of all");
            case LOST, SKIPPED ->
                    council.answered(
                            agreement.medoidStage(),
                            agreement,
                            "without reconcile, %s is nearest to all"
                                    .formatted(agreement.medoidStage()));
        };
    }

    private String measured(Agreement agreement) {
        return Texts.measured(agreement, minAgreement);
    }

    private Measuring measuring(List<String> voices) {
        return new Measuring(yardstick, roundOf(voices.getFirst()), voices);
    }

    private List<String> everyStage(Progress progress) {
        return IntStream.rangeClosed(1, rounds)
                .mapToObj(round ->
                        Stream.concat(
                                round(progress, round).stream(), Stream.of(Measuring.stage(round))))
                .flatMap(stages -> stages)
                .toList();
    }

    /** Stages of a round: of everyone who answered in all rounds before. */
    private List<String> round(Progress progress, int round) {
        return IntStream.rangeClosed(1, participants.size())
                .filter(i ->
                        IntStream.range(1, round)
                                .allMatch(earlier -> progress.done(answer(earlier, i))))
                .mapToObj(i -> answer(round, i))
                .toList();
    }

    /** The answers of the last round that has any. */
    private List<String> voices(Progress progress) {
        for (int round = rounds; round > 1; round--) {
            List<String> answered = progress.doneOf(round(progress, round));
            if (!answered.isEmpty()) {
                return answered;
            }
        }
        return progress.doneOf(round(progress, 1));
    }

    @Override
    public StageSpec spec(String stage) {
        if (stage.equals(RECONCILE)) {
            return StageSpec.writes(stage, reconciler, Need.WANTED)
                    .prompted("debate/reconcile")
                    .answering(Kind.RECONCILE);
        }
        if (Measuring.isEmbed(stage)) {
            return Measuring.spec(yardstick, stage);
        }
        int round = roundOf(stage);
        Cast cast = participants.get(participantOf(stage) - 1);
        var first = StageSpec.writes(stage, cast, round == 1 ? Need.WANTED : Need.OPTIONAL);
        return (round == 1 ? first : first.prompted("debate/answer"))
                .pinned(round < rounds || reconciler.mayUse(cast.first().model()));
    }

    @Override
    public Feed feed(Progress progress, String stage) {
        if (stage.equals(RECONCILE)) {
            List<String> voices = voices(progress);
            return new Texts(progress)
                    .answers(voices)
                    .decisions(List.of(measured(measuring(voices).agreement(progress))))
                    .feed();
        }
        if (Measuring.isEmbed(stage)) {
            return measuring(progress.doneOf(round(progress, Measuring.round(stage))))
                    .feed(progress);
        }
        int round = roundOf(stage);
        if (round == 1) {
            return new Feed.Plain(progress.request().input());
        }
        String own = answer(round - 1, participantOf(stage));
        List<String> others =
                progress.doneOf(round(progress, round - 1)).stream()
                        .filter(other -> !other.equals(own))
                        .toList();
        return new Texts(progress).draft(own).answers(others).feed();
    }

    @Override
    public List<List<String>> ahead(Progress progress, List<String> running) {
        return running.contains(RECONCILE) ? List.of() : List.of(List.of(RECONCILE));
    }

    @Override
    public boolean couldAnswer(Progress progress) {
        return !progress.doneOf(round(progress, 1)).isEmpty();
    }

    @Override
    public int rounds(Progress progress) {
        int begun = 1;
        while (begun < rounds && began(progress, begun + 1)) {
            begun++;
        }
        return begun;
    }

    private boolean began(Progress progress, int round) {
        return round(progress, round).stream()
                .map(progress::standing)
                .anyMatch(standing -> standing != Standing.NONE && standing != Standing.SKIPPED);
    }

    private static String answer(int round, int participant) {
        return ANSWER + round + "." + participant;
    }

    private static int roundOf(String stage) {
        return Integer.parseInt(stage, ANSWER.length(), stage.indexOf('.'), 10);
    }

    private static int participantOf(String stage) {
        return Integer.parseInt(stage, stage.indexOf('.') + 1, stage.length(), 10);
    }
}
