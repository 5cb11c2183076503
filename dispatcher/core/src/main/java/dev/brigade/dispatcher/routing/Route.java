package dev.brigade.dispatcher.routing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The chosen model.
 *
 * @param auto whether routing chose; an explicit model is never replaced
 * @param alternatives that may take over after a retriable failure, best first; empty unless auto
 * @param reason why this one, for people
 * @param ruledOut model id to reason, for people
 */
public record Route(
        String model,
        boolean auto,
        List<String> alternatives,
        String reason,
        Map<String, String> ruledOut) {

    public Route {
        alternatives = List.copyOf(alternatives);
        if (!auto && !alternatives.isEmpty()) {
            throw new IllegalArgumentException("an explicit model is never replaced: " + model);
        }
        ruledOut = Collections.unmodifiableMap(new TreeMap<>(ruledOut));
    }
}
