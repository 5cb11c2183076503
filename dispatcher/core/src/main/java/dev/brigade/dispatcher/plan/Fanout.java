package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.request.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every item of the input is answered by itself, some of them side by side; the answer is all their
 * results, and fails only if every one fails.
 *
 * <p>Stages: item-i, from 1.
 *
 * @param items how many there are
 * @param window items that are worked on at once
 */
public record Fanout(Cast cast, int items, int window) implements Plan {

    /** Name under which the whole is published. */
    public static final String STAGE = "map";

    private static final String ITEM = "item-";

    public Fanout {
        if (items < 1 || window < 1) {
            throw new IllegalArgumentException("%d items, %d at once".formatted(items, window));
        }
    }

    @Override
    public String name() {
        return STAGE;
    }

    @Override
    public Step next(Progress progress) {
        List<String> stages = stages();
        List<String> fresh =
                stages.stream().filter(stage -> progress.standing(stage) == Standing.NONE).toList();
        if (progress.landing() && couldAnswer(progress) && !fresh.isEmpty()) {
            return Step.skip(fresh, "deadline");
        }
        long running =
                stages.stream()
                        .filter(stage -> progress.standing(stage) == Standing.PENDING)
                        .count();
        List<String> next = fresh.stream().limit(Math.max(0, window - running)).toList();
        if (!next.isEmpty()) {
            return new Step.Start(next);
        }
        return running > 0 ? Step.AWAIT : gathered(progress, stages);
    }

    private Step gathered(Progress progress, List<String> stages) {
        int done = progress.doneOf(stages).size();
        return done == 0
                ? new Step.GiveUp(stages.getLast())
                : new Step.Gathered(
                        stages,
                        Outcome.NONE.deciding(
                                List.of("%d of %d items are done".formatted(done, items))));
    }

    /** Stages of all items, in order. */
    public List<String> stages() {
        return IntStream.rangeClosed(1, items).mapToObj(i -> ITEM + i).toList();
    }

    @Override
    public StageSpec spec(String stage) {
        return StageSpec.writes(stage, cast, Need.WANTED).pinned(items > 1);
    }

    @Override
    public Feed feed(Progress progress, String stage) {
        int index = Integer.parseInt(stage.substring(ITEM.length())) - 1;
        Optional<Input.Chat> asked =
                progress.request().input() instanceof Input.Map map
                        ? Optional.of(map.chat(index))
                        : Optional.empty();
        return new Feed.Plain(asked.orElseThrow());
    }

    @Override
    public List<List<String>> ahead(Progress progress, List<String> running) {
        List<String> fresh =
                stages().stream()
                        .filter(stage ->
                                progress.standing(stage) == Standing.NONE
                                        && !running.contains(stage))
                        .toList();
        var groups = new ArrayList<List<String>>();
        for (int from = 0; from < fresh.size(); from += window) {
            groups.add(fresh.subList(from, Math.min(fresh.size(), from + window)));
        }
        return groups;
    }

    @Override
    public boolean couldAnswer(Progress progress) {
        return stages().stream().anyMatch(progress::done);
    }
}
