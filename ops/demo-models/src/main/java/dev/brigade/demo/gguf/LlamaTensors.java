package dev.brigade.demo.gguf;

/** The names llama.cpp gives to the tensors of a llama-architecture model. */
public final class LlamaTensors {

    /** Token embeddings, one row per token. */
    public static final String EMBEDDINGS = "token_embd.weight";

    /** Gains of the last norm. */
    public static final String LAST_NORM = "output_norm.weight";

    /** Output matrix, one row per token; a file without it uses the embeddings again. */
    public static final String OUTPUT = "output.weight";

    private LlamaTensors() {}

    /** Gains of the norm before attention. */
    public static String attentionNorm(int block) {
        return name(block, "attn_norm");
    }

    /** Query projection. */
    public static String query(int block) {
        return name(block, "attn_q");
    }

    /** Key projection. */
    public static String key(int block) {
        return name(block, "attn_k");
    }

    /** Value projection. */
    public static String value(int block) {
        return name(block, "attn_v");
    }

    /** Projection of what attention gathered. */
    public static String attentionOutput(int block) {
        return name(block, "attn_output");
    }

    /** Gains of the norm before the feed-forward layer. */
    public static String feedForwardNorm(int block) {
        return name(block, "ffn_norm");
    }

    /** Gate of the feed-forward layer. */
    public static String gate(int block) {
        return name(block, "ffn_gate");
    }

    /** Upward projection of the feed-forward layer. */
    public static String up(int block) {
        return name(block, "ffn_up");
    }

    /** Downward projection of the feed-forward layer. */
    public static String down(int block) {
        return name(block, "ffn_down");
    }

    private static String name(int block, String part) {
        return "blk." + block + "." + part + ".weight";
    }
}
