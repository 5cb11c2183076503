package dev.brigade.dispatcher.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of words that can be compared with others by their longest common subsequence, the LCS of
 * ROUGE-L (Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004).
 *
 * <p>The LCS of runs of n and m words takes n/64 times m steps: a bit for each word of the one run,
 * one pass over the other (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004). A run
 * keeps at most {@link #MOST_WORDS}; of a longer one its beginning and its end, as halves.
 */
final class WordRun {

    static final int MOST_WORDS = 2_000;

    private final List<String> words;
    private final Map<String, long[]> places = new HashMap<>();
    private final int blocks;

    WordRun(List<String> all) {
        words = bounded(all);
        blocks = (words.size() + Long.SIZE - 1) / Long.SIZE;
        for (int i = 0; i < words.size(); i++) {
            long[] bits = places.computeIfAbsent(words.get(i), _ -> new long[blocks]);
            bits[i / Long.SIZE] |= 1L << i;
        }
    }

    private static List<String> bounded(List<String> all) {
        if (all.size() <= MOST_WORDS) {
            return List.copyOf(all);
        }
        var kept = new ArrayList<>(all.subList(0, MOST_WORDS / 2));
        kept.addAll(all.subList(all.size() - MOST_WORDS / 2, all.size()));
        return List.copyOf(kept);
    }

    List<String> words() {
        return words;
    }

    int length() {
        return words.size();
    }

    /** Share of this run's words that the other has in the same order, 0 to 1. */
    double foundIn(WordRun other) {
        return words.isEmpty() ? 0 : (double) common(other) / words.size();
    }

    /** ROUGE-L F1, 0 to 1; two empty runs are alike. */
    double likeness(WordRun other) {
        int both = words.size() + other.words.size();
        return both == 0 ? 1 : 2.0 * common(other) / both;
    }

    /** Length of the longest common subsequence. */
    int common(WordRun other) {
        long[] open = new long[blocks];
        Arrays.fill(open, -1L);
        for (String word : other.words) {
            long[] bits = places.get(word);
            if (bits != null) {
                step(open, bits);
            }
        }
        return matched(open);
    }

    private static void step(long[] open, long[] bits) {
        long carry = 0;
        for (int i = 0; i < open.length; i++) {
            long hit = open[i] & bits[i];
            long sum = open[i] + hit;
            long next = sum + carry;
            boolean over =
                    Long.compareUnsigned(sum, hit) < 0 || Long.compareUnsigned(next, carry) < 0;
            open[i] = next | (open[i] & ~bits[i]);
            carry = over ? 1 : 0;
        }
    }

    /** The closed bits; those past the last word never close. */
    private static int matched(long[] open) {
        int matched = 0;
        for (long block : open) {
            matched += Long.bitCount(~block);
        }
        return matched;
    }
}
