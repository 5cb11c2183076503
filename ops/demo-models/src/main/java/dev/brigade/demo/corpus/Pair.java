package dev.brigade.demo.corpus;

import java.util.List;

/**
 * An answer and the ways to ask for it.
 *
 * @param trained phrasings the models learn
 * @param heldOut phrasings they never see, to measure what they make of them
 */
public record Pair(List<String> trained, List<String> heldOut, String answer) {

    public Pair {
        trained = List.copyOf(trained);
        heldOut = List.copyOf(heldOut);
        if (trained.isEmpty() || answer.isBlank()) {
            throw new IllegalArgumentException("no question or no answer: " + answer);
        }
    }
}
