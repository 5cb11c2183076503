package dev.brigade.demo.gguf;

/**
 * The measures of a llama-architecture model.
 *
 * @param context tokens of context the file promises
 * @param width length of the hidden state
 * @param heads attention heads; divides {@code width} into even parts
 * @param blocks transformer blocks
 * @param feedForward width of the feed-forward layer
 */
public record LlamaShape(int context, int width, int heads, int blocks, int feedForward) {

    public LlamaShape {
        if (context < 1 || blocks < 1 || feedForward < 1) {
            throw new IllegalArgumentException("lengths must be positive");
        }
        if (heads < 1 || width % heads != 0 || width / heads % 2 != 0) {
            throw new IllegalArgumentException(width + " is not " + heads + " even heads");
        }
    }

    /** Length of one head's part of the hidden state. */
    public int headLength() {
        return width / heads;
    }

    /** Writes what an engine must know of the shape before it reads tensors. */
    public void describe(GgufWriter gguf, String name, int vocabulary) {
        gguf.put("general.architecture", "llama");
        gguf.put("general.name", name);
        gguf.put("llama.vocab_size", vocabulary);
        gguf.put("llama.context_length", context);
        gguf.put("llama.embedding_length", width);
        gguf.put("llama.block_count", blocks);
        gguf.put("llama.feed_forward_length", feedForward);
        gguf.put("llama.attention.head_count", heads);
        gguf.put("llama.attention.head_count_kv", heads);
        gguf.put("llama.rope.dimension_count", headLength());
        gguf.put("llama.rope.freq_base", 10_000f);
        gguf.put("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    }
}
