package dev.brigade.demo.embedding;

import java.util.Random;

/** Reads {@code a {b|c} d} as one of {@code a b d} and {@code a c d}. */
final class Choices {

    private Choices() {}

    static String chosen(String pattern, Random random) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', at)) {
            int close = pattern.indexOf('}', open);
            String[] choices = pattern.substring(open + 1, close).split("\\|", -1);
            out.append(pattern, at, open).append(choices[random.nextInt(choices.length)]);
            at = close + 1;
        }
        return out.append(pattern, at, pattern.length()).toString().strip();
    }
}
