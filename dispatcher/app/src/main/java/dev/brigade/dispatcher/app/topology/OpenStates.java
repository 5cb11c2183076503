package dev.brigade.dispatcher.app.topology;

import dev.brigade.dispatcher.saga.Lifecycle;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Last states of open requests, the most recently used ones up to a bound of bytes. What was put
 * last stays, whatever its size.
 */
final class OpenStates {

    private final long maxBytes;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    OpenStates(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A part of a state, and how many bytes it takes in its store. */
    record Part(Object value, int bytes) {}

    /**
     * A state.
     *
     * @param parts by name, as they are stored; none when it is stored whole
     * @param coreBytes that it takes in its store without its parts
     * @param requestBytes that the request takes in memory, about
     */
    record Kept(Lifecycle life, Map<String, Part> parts, int coreBytes, long requestBytes) {

        long bytes() {
            return coreBytes + requestBytes + parts.values().stream().mapToLong(Part::bytes).sum();
        }
    }

    @Nullable Kept get(String requestId) {
        return kept.get(requestId);
    }

    void put(String requestId, Kept state) {
        remove(requestId);
        kept.put(requestId, state);
        bytes += state.bytes();
        while (bytes > maxBytes && kept.size() > 1) {
            remove(kept.keySet().iterator().next());
        }
    }

    void remove(String requestId) {
        Kept gone = kept.remove(requestId);
        if (gone != null) {
            bytes -= gone.bytes();
        }
    }

    int size() {
        return kept.size();
    }
}
