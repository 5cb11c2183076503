package dev.brigade.demo.corpus;

import java.util.ArrayList;
import java.util.List;

/** Small sums, differences and products with their answers. */
final class Arithmetic {

    private static final int LARGEST_TERM = 12;
    private static final int LARGEST_FACTOR = 10;
    private static final int ONE_OF = 12;

    private Arithmetic() {}

    static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a <= LARGEST_TERM; a++) {
            for (int b = 0; b <= LARGEST_TERM; b++) {
                pairs.add(pair(a, "+", "plus", b, a + b));
                if (b <= a) {
                    pairs.add(pair(a, "-", "minus", b, a - b));
                }
                if (a <= LARGEST_FACTOR && b <= LARGEST_FACTOR) {
                    pairs.add(pair(a, "*", "times", b, a * b));
                }
            }
        }
        return pairs;
    }

    private static Pair pair(int a, String sign, String word, int b, int result) {
        String signs = a + " " + sign + " " + b;
        String words = a + " " + word + " " + b;
        List<String> trained =
                new ArrayList<>(
                        List.of(
                                "What is " + signs + "?",
                                "How much is " + signs + "?",
                                "Calculate " + signs + ".",
                                signs,
                                signs + " = ?",
                                "What is " + a + sign + b + "?",
                                a + sign + b,
                                "What is " + words + "?",
                                "How much is " + words + "?"));
        List<String> heldOut = new ArrayList<>();
        trained.removeIf(phrasing ->
                Math.floorMod(phrasing.hashCode(), ONE_OF) == 0 && heldOut.add(phrasing));
        return new Pair(trained, heldOut, signs + " = " + result + ".");
    }
}
