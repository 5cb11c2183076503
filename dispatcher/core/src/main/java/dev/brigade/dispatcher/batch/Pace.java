package dev.brigade.dispatcher.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * How fast results came of late: counts by second of the last ten seconds, at most eleven.
 *
 * @param beats oldest first
 */
public record Pace(List<Beat> beats) {

    static final Pace STILL = new Pace(List.of());

    private static final long WINDOW_SECONDS = 10;

    /**
     * Results of one second.
     *
     * @param second of the clock
     */
    public record Beat(long second, int results) {}

    public Pace {
        beats = List.copyOf(beats);
    }

    Pace plus(int results, long nowMs) {
        long second = nowMs / 1000;
        var kept = new ArrayList<Beat>();
        int sum = results;
        for (Beat beat : beats) {
            if (beat.second() == second) {
                sum += beat.results();
            } else if (recent(beat, nowMs)) {
                kept.add(beat);
            }
        }
        kept.add(new Beat(second, sum));
        return new Pace(kept);
    }

    /** Results a second; over less than ten seconds where less have passed since the start. */
    double perSecond(long sinceMs, long nowMs) {
        double seconds = Math.clamp((nowMs - sinceMs) / 1000.0, 1, WINDOW_SECONDS);
        int results =
                beats.stream().filter(beat -> recent(beat, nowMs)).mapToInt(Beat::results).sum();
        return results / seconds;
    }

    private static boolean recent(Beat beat, long nowMs) {
        return beat.second() > nowMs / 1000 - WINDOW_SECONDS;
    }
}
