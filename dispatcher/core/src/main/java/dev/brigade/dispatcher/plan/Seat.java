package dev.brigade.dispatcher.plan;

import dev.brigade.config.Price;
import java.util.Optional;

/**
 * A model, with what was known of it when the plan was made.
 *
 * @param windowTokens that one call may use
 */
public record Seat(String model, int windowTokens, Optional<Price> price) {

    public Seat {
        if (windowTokens < 1) {
            throw new IllegalArgumentException("a window of " + windowTokens + " for " + model);
        }
    }
}
