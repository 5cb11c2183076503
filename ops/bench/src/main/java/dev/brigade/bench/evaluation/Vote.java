package dev.brigade.bench.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts answers. A sample without one has no vote; of equals the first given wins. */
final class Vote {

    private final Map<String, Integer> votes = new LinkedHashMap<>();

    void add(String answer) {
        votes.merge(answer, 1, Integer::sum);
    }

    /** The answer of most; empty when nobody gave one. */
    Optional<String> winner() {
        return votes.entrySet().stream()
                .reduce((first, later) -> later.getValue() > first.getValue() ? later : first)
                .map(Map.Entry::getKey);
    }
}
