package dev.brigade.dispatcher.agreement;

import java.util.List;

/**
 * A point on which voices contradict each other.
 *
 * @param about the words that the positions share, or {@code answer}
 * @param positions at least two, in the order of the voices: those that contradict each other, and
 *     who sides with whom
 */
public record Conflict(String about, List<Position> positions) {

    public Conflict {
        positions = List.copyOf(positions);
    }
}
