package dev.brigade.worker.llama.engine;

import java.util.List;

/**
 * Finds stop strings in a text that comes in pieces, and holds back what may be the beginning of
 * one. Not for use by several threads.
 */
final class StopFilter {

    private final List<String> stops;
    private String held = "";
    private boolean stopped;

    StopFilter(List<String> stops) {
        this.stops = stops;
    }

    /** Takes the next piece and returns what can be shown now. */
    String accept(String piece) {
        if (stops.isEmpty()) {
            return piece;
        }
        String text = held + piece;
        int cut = firstStop(text);
        stopped = cut < text.length();
        if (stopped) {
            held = "";
            return text.substring(0, cut);
        }
        int sure = text.length() - longestBeginning(text);
        held = text.substring(sure);
        return text.substring(0, sure);
    }

    /** Whether a stop string was found; the text ends before it. */
    boolean stopped() {
        return stopped;
    }

    /** What was held back, once no more comes. */
    String rest() {
        String rest = held;
        held = "";
        return rest;
    }

    private int firstStop(String text) {
        int first = text.length();
        for (String stop : stops) {
            int at = text.indexOf(stop);
            if (at >= 0 && at < first) {
                first = at;
            }
        }
        return first;
    }

    private int longestBeginning(String text) {
        int longest = 0;
        for (String stop : stops) {
            int length = Math.min(stop.length() - 1, text.length());
            while (length > longest && !text.endsWith(stop.substring(0, length))) {
                length--;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
