package dev.brigade.demo.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.demo.gguf.GgufFile;
import dev.brigade.demo.gguf.GgufValue;
import dev.brigade.demo.gguf.GgufWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits texts into tokens: first the 256 bytes, then what merging makes, last the two marks of the
 * chat template, which {@link #encode} never makes out of text.
 */
public final class BytePairTokenizer {

    /** Text of the mark that opens a turn. */
    public static final String TURN_START = "<|im_start|>";

    /** Text of the mark that closes a turn. */
    public static final String TURN_END = "<|im_end|>";

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;

    private final List<Merge> merges;
    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Merge, Integer> ranks = new HashMap<>();
    private final Map<String, List<Integer>> known = new HashMap<>();

    /** A pair of neighbours that becomes one token, written in the byte alphabet. */
    record Merge(String left, String right) {
        String merged() {
            return left + right;
        }
    }

    /** A tokenizer with those merges, the first of which goes first. */
    BytePairTokenizer(List<Merge> merges) {
        this.merges = List.copyOf(merges);
        for (int value = 0; value < 256; value++) {
            ids.put(ByteAlphabet.of(value), value);
        }
        List<String> all = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            all.add(ByteAlphabet.of(value));
        }
        for (Merge merge : merges) {
            ranks.put(merge, ranks.size());
            if (ids.putIfAbsent(merge.merged(), all.size()) == null) {
                all.add(merge.merged());
            }
        }
        all.add(TURN_START);
        all.add(TURN_END);
        this.tokens = List.copyOf(all);
    }

    /**
     * The tokenizer that {@link #describe} wrote into a file.
     *
     * @throws IllegalArgumentException when the file has no merges
     */
    public static BytePairTokenizer of(GgufFile file) {
        return new BytePairTokenizer(
                file.value("tokenizer.ggml.merges", GgufValue.Texts.class).values().stream()
                        .map(merge -> merge.split(" ", 2))
                        .map(parts -> new Merge(parts[0], parts[1]))
                        .toList());
    }

    /** Number of tokens. */
    public int size() {
        return tokens.size();
    }

    /** Id of {@link #TURN_START}. */
    public int turnStart() {
        return tokens.size() - 2;
    }

    /** Id of {@link #TURN_END}. */
    public int turnEnd() {
        return tokens.size() - 1;
    }

    /** Token ids of a text. */
    public List<Integer> encode(String text) {
        List<Integer> out = new ArrayList<>();
        for (String word : Words.of(text)) {
            out.addAll(known.computeIfAbsent(ByteAlphabet.encode(word), this::encodeWord));
        }
        return out;
    }

    /** Text of token ids; marks are left out. */
    public String decode(List<Integer> tokenIds) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : tokenIds) {
            if (id < turnStart()) {
                bytes.writeBytes(ByteAlphabet.decode(tokens.get(id)));
            }
        }
        return bytes.toString(UTF_8);
    }

    /** Writes the vocabulary as metadata that llama.cpp understands. */
    public void describe(GgufWriter gguf) {
        gguf.put("tokenizer.ggml.model", "gpt2");
        gguf.put("tokenizer.ggml.pre", Words.NAME);
        gguf.put("tokenizer.ggml.tokens", new GgufValue.Texts(tokens));
        gguf.put("tokenizer.ggml.token_type", new GgufValue.Int32s(types()));
        gguf.put(
                "tokenizer.ggml.merges",
                new GgufValue.Texts(
                        merges.stream().map(merge -> merge.left() + " " + merge.right()).toList()));
        gguf.put("tokenizer.ggml.bos_token_id", turnStart());
        gguf.put("tokenizer.ggml.eos_token_id", turnEnd());
        gguf.put("tokenizer.ggml.unknown_token_id", turnStart());
        gguf.put("tokenizer.ggml.padding_token_id", turnEnd());
        gguf.put("tokenizer.ggml.add_bos_token", false);
        gguf.put("tokenizer.ggml.add_eos_token", false);
    }

    private List<Integer> types() {
        List<Integer> types = new ArrayList<>();
        for (int id = 0; id < tokens.size(); id++) {
            types.add(id < turnStart() ? NORMAL : CONTROL);
        }
        return types;
    }

    private List<Integer> encodeWord(String word) {
        List<String> parts = new ArrayList<>(word.chars().mapToObj(Character::toString).toList());
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
