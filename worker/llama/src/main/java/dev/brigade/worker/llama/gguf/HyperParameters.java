package dev.brigade.worker.llama.gguf;

import java.util.List;

/** Measures of the model that the engine divides by or sizes arrays with. */
final class HyperParameters {

    private static final int MOST_LAYERS = 512;
    private static final int MOST_WIDTH = 1 << 20;
    private static final int MOST_HEADS = 4096;
    private static final int MOST_CONTEXT = 1 << 26;

    private HyperParameters() {}

    /**
     * @return the context length that the model was made for
     */
    static int check(Metadata metadata, String architecture) throws GgufFault {
        String prefix = architecture + ".";
        if (metadata.whole("split.count").orElse(0) > 1) {
            throw new GgufFault("is one part of a split model; join the parts first");
        }
        metadata.checkBounds(prefix + "context_length", 1, MOST_CONTEXT);
        metadata.checkBounds(prefix + "embedding_length", 1, MOST_WIDTH);
        metadata.checkBounds(prefix + "feed_forward_length", 0, MOST_WIDTH);
        metadata.checkBounds(prefix + "block_count", 1, MOST_LAYERS);
        metadata.checkBounds(prefix + "attention.head_count", 0, MOST_HEADS);
        metadata.checkBounds(prefix + "attention.head_count_kv", 0, MOST_HEADS);
        metadata.checkBounds(prefix + "expert_count", 0, 256);
        for (String key : List.of("context_length", "embedding_length", "block_count")) {
            if (metadata.whole(prefix + key).isEmpty()) {
                throw new GgufFault("has no " + prefix + key);
            }
        }
        checkHeads(metadata, prefix);
        return (int) metadata.whole(prefix + "context_length").orElseThrow();
    }

    private static void checkHeads(Metadata metadata, String prefix) throws GgufFault {
        if (!(metadata.values().get(prefix + "attention.head_count")
                        instanceof GgufValue.Whole(long heads))
                || heads == 0) {
            return;
        }
        long width = metadata.whole(prefix + "embedding_length").orElseThrow();
        if (metadata.values().get(prefix + "attention.key_length") == null && width % heads != 0) {
            throw new GgufFault("has %d attention heads for a width of %d".formatted(heads, width));
        }
        if (metadata.values().get(prefix + "attention.head_count_kv")
                        instanceof GgufValue.Whole(long shared)
                && shared > 0
                && heads % shared != 0) {
            throw new GgufFault(
                    "has %d attention heads that share %d key heads".formatted(heads, shared));
        }
    }

    static void checkEmbeddings(List<TensorInfo> tensors, int tokens) throws GgufFault {
        TensorInfo embeddings =
                tensors.stream()
                        .filter(tensor -> tensor.name().equals("token_embd.weight"))
                        .findFirst()
                        .orElseThrow(() -> new GgufFault("has no tensor token_embd.weight"));
        long rows = embeddings.dimensions().size() > 1 ? embeddings.dimensions().get(1) : 1;
        if (rows != tokens) {
            throw new GgufFault("has %d tokens but embeddings of %d".formatted(tokens, rows));
        }
    }
}
