package dev.brigade.demo.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.demo.gguf.GgufFile;
import dev.brigade.demo.gguf.GgufValue;
import dev.brigade.demo.gguf.GgufWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

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

    private final BytePairs pairs;
    private final List<String> tokens;

    BytePairTokenizer(BytePairs pairs) {
        this.pairs = pairs;
        List<String> all = new ArrayList<>(pairs.tokens());
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
                BytePairs.of(file.value("tokenizer.ggml.merges", GgufValue.Texts.class).values()));
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
            out.addAll(pairs.encode(word));
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
                        pairs.merges().stream()
                                .map(merge -> merge.left() + " " + merge.right())
                                .toList()));
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
}
