package dev.brigade.demo.embedding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ways to say how much alike two texts are, without a model. */
final class Similarity {

    private Similarity() {}

    /** F measure of the longest common subsequence of words. */
    static double rougeL(String first, String second) {
        List<String> a = words(first);
        List<String> b = words(second);
        int[] row = new int[b.size() + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.size(); j++) {
                int above = row[j];
                row[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return a.isEmpty() || b.isEmpty() ? 0 : 2.0 * row[b.size()] / (a.size() + b.size());
    }

    /** Cosine of how often each word occurs. */
    static double bagOfWords(String first, String second) {
        Map<String, Integer> a = counts(first);
        Map<String, Integer> b = counts(second);
        double both = 0;
        for (Map.Entry<String, Integer> entry : a.entrySet()) {
            both += entry.getValue() * b.getOrDefault(entry.getKey(), 0);
        }
        double lengths = length(a) * length(b);
        return lengths == 0 ? 0 : both / lengths;
    }

    static double cosine(float[] first, float[] second) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }

    private static double length(Map<String, Integer> counts) {
        return Math.sqrt(counts.values().stream().mapToDouble(count -> count * count).sum());
    }

    private static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new HashMap<>();
        words(text).forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
