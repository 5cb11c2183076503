package dev.brigade.dispatcher.app.meters;

import dev.brigade.dispatcher.request.Input;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests of one partition are open, by kind. Written by one thread, read by any. */
public final class OpenRequests {

    private final Map<Kind, Integer> counts = new ConcurrentHashMap<>();

    /** One more is open. */
    public void opened(Input input) {
        counts.merge(Kind.of(input), 1, Integer::sum);
    }

    /** One of them has ended. */
    public void closed(Input input) {
        counts.merge(Kind.of(input), -1, Integer::sum);
    }

    int of(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }
}
