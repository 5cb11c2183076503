package dev.brigade.dispatcher.plan;

import java.util.List;

/**
 * Who takes a stage.
 *
 * @param seats the first is chosen; the others may take over after a failure, best first
 */
public record Cast(List<Seat> seats) {

    public Cast {
        seats = List.copyOf(seats);
        if (seats.isEmpty()) {
            throw new IllegalArgumentException("a stage needs a model");
        }
    }

    /** A model that is never replaced. */
    public static Cast only(Seat seat) {
        return new Cast(List.of(seat));
    }

    public Seat first() {
        return seats.getFirst();
    }

    /** The seat of one of its models. */
    public Seat seat(String model) {
        return seats.stream()
                .filter(seat -> seat.model().equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no seat of " + model));
    }

    boolean mayUse(String model) {
        return seats.stream().anyMatch(seat -> seat.model().equals(model));
    }
}
