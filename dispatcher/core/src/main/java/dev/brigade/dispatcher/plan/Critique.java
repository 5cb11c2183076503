package dev.brigade.dispatcher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Draft, judge, revise, until a score passes or the rounds end; the best draft is the answer, not
 * the last.
 *
 * <p>Stages: draft, then critique-k and revise-k for k = 1 to rounds, then a last critique that
 * only scores. A revision works on the best draft so far, by what was said of that one. A draft
 * whose own judgement is missing counts as much as the draft it revises.
 *
 * @param rounds of critique and revision at most, at least 1
 * @param threshold score that a draft passes with, 0 to 1
 */
public record Critique(Cast generator, Cast critic, int rounds, double threshold) implements Plan {

    private static final String DRAFT = "draft";
    private static final String REVISE = "revise-";
    private static final String CRITIQUE = "critique-";

    public Critique {
        if (rounds < 1) {
            throw new IllegalArgumentException("critique needs a round, has " + rounds);
        }
    }

    @Override
    public String name() {
        return "critique";
    }

    @Override
    public Step next(Progress progress) {
        for (int round = 0; round <= rounds; round++) {
            for (String stage : List.of(draft(round), critique(round))) {
                switch (progress.standing(stage)) {
                    case NONE -> {
                        return begin(progress, stage);
                    }
                    case PENDING -> {
                        return Step.AWAIT;
                    }
                    case LOST, SKIPPED -> {
                        return stage.equals(DRAFT) ? new Step.GiveUp(DRAFT) : answered(progress);
                    }
                    case DONE -> {}
                }
            }
            if (passes(progress, round)) {
                return answered(progress);
            }
        }
        return answered(progress);
    }

    private Step begin(Progress progress, String stage) {
        Optional<String> misfit =
                spec(stage).need() == Need.OPTIONAL
                        ? progress.misfit(List.of(stage), List.of())
                        : Optional.empty();
        return misfit.map(reason -> Step.skip(List.of(stage), reason))
                .orElseGet(() -> Step.start(stage));
    }

    /** Whether nothing more is to be done: the draft passes, or cannot be judged. */
    private boolean passes(Progress progress, int round) {
        return judgement(progress, round)
                .map(judgement -> judgement.score() >= threshold)
                .orElse(true);
    }

    private Step answered(Progress progress) {
        int best = best(progress);
        return new Step.Answered(
                draft(best),
                Outcome.NONE
                        .confident(score(progress, draft(best)), "critic_score")
                        .deciding(decisions(progress, best)));
    }

    private List<String> decisions(Progress progress, int best) {
        var decisions = new ArrayList<String>();
        for (int round = 0; round <= rounds; round++) {
            String draft = draft(round);
            if (progress.standing(draft) == Standing.LOST) {
                decisions.add(draft + " was lost");
            } else if (progress.done(draft)) {
                decisions.add(verdict(progress, round));
            }
        }
        decisions.add(draft(best) + " is the best draft");
        return decisions;
    }

    private String verdict(Progress progress, int round) {
        String critique = critique(round);
        return switch (progress.standing(critique)) {
            case DONE ->
                    judgement(progress, round)
                            .map(judgement ->
                                    "%s scores %d of %d, %s %.2f"
                                            .formatted(
                                                    draft(round),
                                                    judgement.points(),
                                                    Judgement.MOST_POINTS,
                                                    judgement.score() >= threshold
                                                            ? "which passes"
                                                            : "below",
                                                    threshold))
                            .orElse("the judgement of " + critique + " could not be read");
            case LOST -> critique + " was lost";
            case NONE, PENDING, SKIPPED -> draft(round) + " was not scored";
        };
    }

    /** Round of the best draft; of equals the later. */
    private int best(Progress progress) {
        int best = 0;
        double bestScore = 0;
        double score = 0;
        for (int round = 0; round <= rounds && progress.done(draft(round)); round++) {
            // A revision starts from the best draft before it, so that is what it is worth
            // unjudged.
            score = judgement(progress, round).map(Judgement::score).orElse(bestScore);
            if (score >= bestScore) {
                best = round;
                bestScore = score;
            }
        }
        return best;
    }

    /** As it stood before a round's revision was made. */
    private int bestBefore(Progress progress, int round) {
        int best = 0;
        for (int earlier = 1; earlier < round; earlier++) {
            if (points(progress, earlier) >= points(progress, best)) {
                best = earlier;
            }
        }
        return best;
    }

    private int points(Progress progress, int round) {
        return judgement(progress, round).map(Judgement::points).orElse(0);
    }

    private Optional<Judgement> judgement(Progress progress, int round) {
        String critique = critique(round);
        return progress.done(critique)
                ? JudgementReader.critique(progress.text(critique))
                : Optional.empty();
    }

    @Override
    public StageSpec spec(String stage) {
        int number = number(stage);
        if (stage.startsWith(CRITIQUE)) {
            return StageSpec.writes(stage, critic, number == 1 ? Need.WANTED : Need.OPTIONAL)
                    .prompted("critique/critique")
                    .judging()
                    .pinned(number <= rounds);
        }
        if (stage.startsWith(REVISE)) {
            return StageSpec.writes(stage, generator, number == 1 ? Need.WANTED : Need.OPTIONAL)
                    .prompted("critique/revise")
                    .pinned(number < rounds);
        }
        return StageSpec.writes(stage, generator, Need.REQUIRED).pinned(true);
    }

    @Override
    public Feed feed(Progress progress, String stage) {
        int number = number(stage);
        if (stage.startsWith(CRITIQUE)) {
            return new Texts(progress).draft(draft(number - 1)).feed();
        }
        if (stage.equals(DRAFT)) {
            return new Feed.Plain(progress.request().input());
        }
        int base = bestBefore(progress, number);
        var texts = new Texts(progress).draft(draft(base));
        for (int round = 0; round < number; round++) {
            if (round != base) {
                texts.rejected(draft(round));
            }
        }
        return texts.remarks(
                        "critique",
                        judgement(progress, base).map(Judgement::text).orElse("- no remark"))
                .feed();
    }

    @Override
    public List<List<String>> ahead(Progress progress, List<String> running) {
        return switch (running.getFirst()) {
            case DRAFT -> List.of(List.of(critique(0)), List.of(draft(1)));
            case "critique-1" -> List.of(List.of(draft(1)));
            default -> List.of();
        };
    }

    @Override
    public boolean couldAnswer(Progress progress) {
        return progress.done(DRAFT);
    }

    @Override
    public int rounds(Progress progress) {
        int begun = 1;
        while (begun < rounds && progress.standing(draft(begun + 1)) != Standing.NONE) {
            begun++;
        }
        return begun;
    }

    @Override
    public OptionalDouble score(Progress progress, String stage) {
        return stage.startsWith(CRITIQUE)
                ? OptionalDouble.empty()
                : judgement(progress, number(stage))
                        .map(judgement -> OptionalDouble.of(judgement.score()))
                        .orElse(OptionalDouble.empty());
    }

    @Override
    public boolean rejected(Progress progress, String stage) {
        return stage.startsWith(CRITIQUE)
                && progress.done(stage)
                && judgement(progress, number(stage) - 1).isEmpty();
    }

    private static String draft(int round) {
        return round == 0 ? DRAFT : REVISE + round;
    }

    /** The judgement of a round's draft. */
    private static String critique(int round) {
        return CRITIQUE + (round + 1);
    }

    private static int number(String stage) {
        return stage.equals(DRAFT)
                ? 0
                : Integer.parseInt(stage, stage.indexOf('-') + 1, stage.length(), 10);
    }
}
