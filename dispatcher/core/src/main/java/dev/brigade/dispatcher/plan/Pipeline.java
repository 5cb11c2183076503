package dev.brigade.dispatcher.plan;

import dev.brigade.config.PipelineStages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Stages that each go on from the one before. A last stage named validate judges, and may send the
 * last text back once: it is written again, and that is the answer. A stage that is lost fails the
 * whole; a judgement that cannot be read leaves the text as it is, without confidence.
 *
 * <p>Stages: the names, numbered where one repeats; the one that is written again has the next
 * number of its name.
 *
 * @param names of the stages, at least one that writes
 * @param casts of the stages, in the same order
 */
public record Pipeline(List<String> names, List<Cast> casts) implements Plan {

    public Pipeline {
        names = List.copyOf(names);
        casts = List.copyOf(casts);
        int validate = names.indexOf(PipelineStages.VALIDATE);
        if (names.isEmpty()
                || names.size() != casts.size()
                || validate == 0
                || (validate > 0 && validate < names.size() - 1)) {
            throw new IllegalArgumentException(
                    "a pipeline of %s with %d models".formatted(names, casts.size()));
        }
    }

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public Step next(Progress progress) {
        for (String stage : order(progress)) {
            switch (progress.standing(stage)) {
                case NONE -> {
                    return Step.start(stage);
                }
                case PENDING -> {
                    return Step.AWAIT;
                }
                case LOST, SKIPPED -> {
                    return new Step.GiveUp(stage);
                }
                case DONE -> {}
            }
        }
        return answered(progress);
    }

    /** Every stage that has to be done, as far as is known. */
    private List<String> order(Progress progress) {
        var order = new ArrayList<>(ids());
        if (sentBack(progress)) {
            order.add(again());
        }
        return order;
    }

    private Step answered(Progress progress) {
        if (sentBack(progress)) {
            return new Step.Answered(
                    again(),
                    Outcome.NONE.deciding(
                            List.of(
                                    "validate sent %s back, with a score of %d of %d"
                                            .formatted(
                                                    lastWritten(),
                                                    judgement(progress).orElseThrow().points(),
                                                    Judgement.MOST_POINTS),
                                    again() + " is the answer")));
        }
        return new Step.Answered(
                lastWritten(),
                Outcome.NONE
                        .confident(score(progress, lastWritten()), "validator_score")
                        .deciding(
                                validates()
                                        ? List.of(verdict(progress))
                                        : List.of(lastWritten() + " is the answer")));
    }

    private String verdict(Progress progress) {
        return judgement(progress)
                .map(judgement ->
                        "validate accepted %s, with a score of %d of %d"
                                .formatted(
                                        lastWritten(), judgement.points(), Judgement.MOST_POINTS))
                .orElse(
                        "the judgement of validate could not be read; "
                                + lastWritten()
                                + " stands");
    }

    private boolean sentBack(Progress progress) {
        return judgement(progress).filter(judgement -> !judgement.accepted()).isPresent();
    }

    private Optional<Judgement> judgement(Progress progress) {
        return validates() && progress.done(PipelineStages.VALIDATE)
                ? JudgementReader.verdict(progress.text(PipelineStages.VALIDATE))
                : Optional.empty();
    }

    private boolean validates() {
        return names.getLast().equals(PipelineStages.VALIDATE);
    }

    private List<String> ids() {
        return PipelineStages.ids(names);
    }

    private int lastWriter() {
        return validates() ? names.size() - 2 : names.size() - 1;
    }

    private String lastWritten() {
        return ids().get(lastWriter());
    }

    /** The stage that runs when the last text was sent back. */
    private String again() {
        var names = new ArrayList<>(this.names);
        names.add(names.get(lastWriter()));
        return PipelineStages.ids(names).getLast();
    }

    private OptionalInt place(String stage) {
        int place = ids().indexOf(stage);
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
    }

    @Override
    public StageSpec spec(String stage) {
        OptionalInt found = place(stage);
        if (found.isEmpty()) {
            return StageSpec.writes(stage, casts.get(lastWriter()), Need.REQUIRED)
                    .prompted("pipeline/" + PipelineStages.AGAIN)
                    .answering(Kind.GENERATE);
        }
        int place = found.getAsInt();
        var spec =
                StageSpec.writes(stage, casts.get(place), Need.REQUIRED)
                        .prompted("pipeline/" + names.get(place))
                        .pinned(neededAfter(place));
        if (names.get(place).equals(PipelineStages.VALIDATE)) {
            return spec.judging();
        }
        return place == names.size() - 1 ? spec.answering(Kind.GENERATE) : spec;
    }

    /** Whether a later stage, or writing again, calls the stage's model. */
    private boolean neededAfter(int place) {
        String model = casts.get(place).first().model();
        Stream<Cast> later = casts.stream().skip(place + 1L);
        Stream<Cast> again = validates() ? Stream.of(casts.get(lastWriter())) : Stream.of();
        return Stream.concat(later, again).anyMatch(cast -> cast.first().model().equals(model));
    }

    @Override
    public Feed feed(Progress progress, String stage) {
        OptionalInt found = place(stage);
        var texts = new Texts(progress);
        if (found.isEmpty()) {
            if (lastWriter() > 0) {
                texts.draft(ids().get(lastWriter() - 1));
            }
            return texts.rejected(lastWritten())
                    .remarks("reasons", judgement(progress).orElseThrow().text())
                    .feed();
        }
        int place = found.getAsInt();
        return place == 0 ? texts.feed() : texts.draft(ids().get(place - 1)).feed();
    }

    @Override
    public List<List<String>> ahead(Progress progress, List<String> running) {
        OptionalInt place = place(running.getFirst());
        return place.isEmpty()
                ? List.of()
                : ids().stream().skip(place.getAsInt() + 1L).map(List::of).toList();
    }

    @Override
    public boolean couldAnswer(Progress progress) {
        return false;
    }

    @Override
    public int rounds(Progress progress) {
        return sentBack(progress) ? 2 : 1;
    }

    @Override
    public OptionalDouble score(Progress progress, String stage) {
        return stage.equals(lastWritten())
                ? judgement(progress)
                        .map(judgement -> OptionalDouble.of(judgement.score()))
                        .orElse(OptionalDouble.empty())
                : OptionalDouble.empty();
    }

    @Override
    public boolean rejected(Progress progress, String stage) {
        boolean unreadable =
                validates()
                        && stage.equals(PipelineStages.VALIDATE)
                        && progress.done(stage)
                        && judgement(progress).isEmpty();
        return unreadable || (stage.equals(lastWritten()) && sentBack(progress));
    }
}
