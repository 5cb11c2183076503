package dev.brigade.demo.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges of neighbours, the first of which goes first, and the tokens that they make: the 256
 * bytes, then what merging makes. Tokens are written in the byte alphabet.
 */
public final class BytePairs {

    private final List<Merge> merges;
    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Merge, Integer> ranks = new HashMap<>();
    private final Map<String, List<Integer>> known = new HashMap<>();

    /** A pair of neighbours that becomes one token. */
    public record Merge(String left, String right) {
        String merged() {
            return left + right;
        }
    }

    BytePairs(List<Merge> merges) {
        this.merges = List.copyOf(merges);
        List<String> all = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            ids.put(ByteAlphabet.of(value), value);
            all.add(ByteAlphabet.of(value));
        }
        for (Merge merge : merges) {
            ranks.put(merge, ranks.size());
            if (ids.putIfAbsent(merge.merged(), all.size()) == null) {
                all.add(merge.merged());
            }
        }
        this.tokens = List.copyOf(all);
    }

    /** Merges as tokenizer files write them: both tokens, with a blank between. */
    public static BytePairs of(List<String> merges) {
        return new BytePairs(
                merges.stream()
                        .map(merge -> merge.split(" ", 2))
                        .map(parts -> new Merge(parts[0], parts[1]))
                        .toList());
    }

    /** In the order in which they are applied. */
    public List<Merge> merges() {
        return merges;
    }

    /** By id. */
    public List<String> tokens() {
        return tokens;
    }

    /** Token ids of one word; nothing is merged over its ends. */
    public List<Integer> encode(String word) {
        return known.computeIfAbsent(ByteAlphabet.encode(word), this::merged);
    }

    private List<Integer> merged(String letters) {
        List<String> parts =
                new ArrayList<>(letters.chars().mapToObj(Character::toString).toList());
        int best = bestPair(parts);
        while (best >= 0) {
            parts.set(best, parts.get(best) + parts.remove(best + 1));
            best = bestPair(parts);
        }
        return parts.stream().map(part -> ids.getOrDefault(part, 0)).toList();
    }

    /** Index of the pair that is merged next, the leftmost of those with the best rank, or -1. */
    private int bestPair(List<String> parts) {
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        for (int i = 0; i + 1 < parts.size(); i++) {
            Integer rank = ranks.get(new Merge(parts.get(i), parts.get(i + 1)));
            if (rank != null && rank < bestRank) {
                best = i;
                bestRank = rank;
            }
        }
        return best;
    }
}
