package dev.brigade.demo.embedding;

import java.util.Locale;

/** How near the meanings of two texts are. */
enum Grade {
    /** The same in other words. */
    PARAPHRASE(2),
    /** The contrary, in much the same words. */
    DENIAL(1),
    /** The same about another thing, or with another number. */
    ALTERED(1),
    /** Something else about the same topic. */
    RELATED(1),
    /** Something else about another topic. */
    UNRELATED(0);

    private final int points;

    Grade(int points) {
        this.points = points;
    }

    int points() {
        return points;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
