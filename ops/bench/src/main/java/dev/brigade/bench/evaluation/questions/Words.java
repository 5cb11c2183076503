package dev.brigade.bench.evaluation.questions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Plain words to work on. */
final class Words {

    static final List<String> ALL =
            List.of(
                    "anchor",
                    "apple",
                    "banner",
                    "basket",
                    "butter",
                    "candle",
                    "carrot",
                    "castle",
                    "cherry",
                    "copper",
                    "cotton",
                    "desert",
                    "dinner",
                    "engine",
                    "feather",
                    "finger",
                    "forest",
                    "garden",
                    "hammer",
                    "harbour",
                    "hollow",
                    "island",
                    "jacket",
                    "kettle",
                    "ladder",
                    "lantern",
                    "lemon",
                    "letter",
                    "marble",
                    "meadow",
                    "mirror",
                    "needle",
                    "orange",
                    "paper",
                    "pepper",
                    "pillow",
                    "planet",
                    "pocket",
                    "rabbit",
                    "ribbon",
                    "river",
                    "saddle",
                    "shadow",
                    "silver",
                    "spider",
                    "strawberry",
                    "summer",
                    "table",
                    "temple",
                    "thunder",
                    "timber",
                    "tunnel",
                    "valley",
                    "velvet",
                    "village",
                    "window",
                    "winter",
                    "yellow");

    private Words() {}

    static String any(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** That many different words. */
    static List<String> distinct(Random random, int count) {
        List<String> words = new ArrayList<>(ALL);
        Collections.shuffle(words, random);
        return List.copyOf(words.subList(0, count));
    }
}
