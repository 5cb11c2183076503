package dev.brigade.bench.sagas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The stages that a saga had to wait for: the one that finished last, before it the one that
 * finished last before that began, and so on. Of stages side by side only the slowest is on it.
 *
 * @param stages in order of time; never empty
 */
record CriticalPath(List<StageTime> stages) {

    private static final Comparator<StageTime> LAST =
            Comparator.comparingLong(StageTime::finishedMs)
                    .thenComparingLong(StageTime::modelMs)
                    .thenComparing(StageTime::stage);

    CriticalPath {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a saga has a stage");
        }
    }

    /** Finds it. */
    static CriticalPath of(List<StageTime> all) {
        List<StageTime> left = new ArrayList<>(all);
        List<StageTime> path = new ArrayList<>();
        Optional<StageTime> next = left.stream().max(LAST);
        while (next.isPresent()) {
            StageTime last = next.get();
            path.addFirst(last);
            left.remove(last);
            next = left.stream().filter(s -> s.finishedMs() <= last.startedMs()).max(LAST);
        }
        return new CriticalPath(path);
    }

    /** Time that the models took on it. */
    long modelMs() {
        return stages.stream().mapToLong(StageTime::modelMs).sum();
    }
}
