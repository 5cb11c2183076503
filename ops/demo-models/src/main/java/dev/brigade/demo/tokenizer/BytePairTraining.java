package dev.brigade.demo.tokenizer;

import dev.brigade.demo.tokenizer.BytePairs.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Learns merges from texts: time after time the most frequent pair of neighbours becomes one. */
public final class BytePairTraining {

    private static final Comparator<Map.Entry<Merge, Integer>> MORE_FREQUENT_THEN_BY_TEXT =
            Map.Entry.<Merge, Integer>comparingByValue()
                    .thenComparing(entry -> entry.getKey().left(), Comparator.reverseOrder())
                    .thenComparing(entry -> entry.getKey().right(), Comparator.reverseOrder());

    private record Word(List<String> parts, int count) {}

    private BytePairTraining() {}

    /** A tokenizer of at most {@code size} tokens; the same texts give the same tokenizer. */
    public static BytePairTokenizer learn(Iterable<String> texts, int size) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            Words.of(text).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        return new BytePairTokenizer(learn(counts, size - 256 - 2));
    }

    /** At most so many merges, learnt from words and how often each occurs. */
    public static BytePairs learn(Map<String, Integer> counts, int most) {
        List<Word> words = new ArrayList<>();
        new TreeMap<>(counts)
                .forEach((word, count) ->
                        words.add(new Word(letters(ByteAlphabet.encode(word)), count)));
        List<Merge> merges = new ArrayList<>();
        while (merges.size() < most) {
            Optional<Merge> next = mostFrequent(words);
            if (next.isEmpty()) {
                break;
            }
            merges.add(next.get());
            words.forEach(word -> apply(next.get(), word.parts()));
        }
        return new BytePairs(merges);
    }

    private static List<String> letters(String word) {
        return new ArrayList<>(word.chars().mapToObj(Character::toString).toList());
    }

    private static Optional<Merge> mostFrequent(List<Word> words) {
        Map<Merge, Integer> counts = new HashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.parts().size(); i++) {
                Merge pair = new Merge(word.parts().get(i), word.parts().get(i + 1));
                counts.merge(pair, word.count(), Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .max(MORE_FREQUENT_THEN_BY_TEXT)
                .map(Map.Entry::getKey);
    }

    private static void apply(Merge merge, List<String> parts) {
        for (int i = 0; i + 1 < parts.size(); i++) {
            if (parts.get(i).equals(merge.left()) && parts.get(i + 1).equals(merge.right())) {
                parts.set(i, merge.merged());
                parts.remove(i + 1);
            }
        }
    }
}
