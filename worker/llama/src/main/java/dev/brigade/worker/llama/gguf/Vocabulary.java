package dev.brigade.worker.llama.gguf;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Tokens of a model.
 *
 * @param kind how their texts are written
 * @param texts their texts as they stand in the file, one char for each byte
 * @param types llama.cpp's type of each; empty where the file has none
 * @param addsBos whether the engine puts the begin token before a prompt
 * @param addsEos whether the engine puts the end token behind a prompt
 */
public record Vocabulary(
        Kind kind,
        List<String> texts,
        List<Integer> types,
        boolean addsBos,
        boolean addsEos,
        OptionalInt bos,
        OptionalInt eos) {

    private static final String PREFIX = "tokenizer.ggml.";

    /** Pre-tokenizers that make llama.cpp add a begin token where the file says nothing. */
    private static final Set<String> PRE_WITH_BOS =
            Set.of("llama3", "llama-v3", "llama-bpe", "falcon3", "tekken", "chameleon");

    /** How token texts are written. */
    public enum Kind {
        /** SentencePiece: {@code ▁} for a space, {@code <0x41>} for a byte. */
        SENTENCE_PIECE,
        /** Byte-level BPE: a printable character for each byte. */
        BYTE_LEVEL,
        /** Another way. */
        OTHER
    }

    public Vocabulary {
        texts = List.copyOf(texts);
        types = List.copyOf(types);
    }

    /** Text of the begin token; empty where there is none. */
    public String bosText() {
        return bos.isPresent() ? GgufCursor.utf8(texts.get(bos.getAsInt())) : "";
    }

    static Vocabulary read(Metadata metadata) throws GgufFault {
        String model =
                metadata.text(PREFIX + "model")
                        .orElseThrow(() -> new GgufFault("has no tokenizer"));
        Kind kind =
                switch (model) {
                    case "llama" -> Kind.SENTENCE_PIECE;
                    case "gpt2" -> Kind.BYTE_LEVEL;
                    case "rwkv" -> Kind.OTHER;
                    default ->
                            throw new GgufFault(
                                    "has the tokenizer %s, which this engine cannot run"
                                            .formatted(GgufFault.quote(model)));
                };
        List<String> texts = texts(metadata);
        String pre = metadata.text(PREFIX + "pre").orElse("");
        boolean bosByDefault =
                kind == Kind.SENTENCE_PIECE
                        || (kind == Kind.BYTE_LEVEL && PRE_WITH_BOS.contains(pre));
        return new Vocabulary(
                kind,
                texts,
                types(metadata, texts.size()),
                metadata.truth(PREFIX + "add_bos_token").orElse(bosByDefault),
                metadata.truth(PREFIX + "add_eos_token").orElse(false),
                special(metadata, "bos", texts.size()),
                special(metadata, "eos", texts.size()));
    }

    private static List<String> texts(Metadata metadata) throws GgufFault {
        if (!(metadata.values().get(GgufParser.TOKENS) instanceof GgufValue.Texts(List<String> t))
                || t.isEmpty()) {
            throw new GgufFault("has no tokens");
        }
        Set<String> seen = HashSet.newHashSet(t.size());
        for (int i = 0; i < t.size(); i++) {
            // The engine gives an empty one a text of its own.
            if (!t.get(i).isEmpty() && !seen.add(t.get(i))) {
                throw new GgufFault(
                        "has two tokens with the same text %s (the second is %d)"
                                .formatted(GgufFault.quote(t.get(i)), i));
            }
        }
        return t;
    }

    /** The engine reads types and scores without looking at how many there are. */
    private static List<Integer> types(Metadata metadata, int tokens) throws GgufFault {
        switch (metadata.values().get(PREFIX + "scores")) {
            case null -> {}
            case GgufValue.Skipped(ValueType type, long count)
                    when type == ValueType.FLOAT32 && count == tokens -> {}
            default -> throw new GgufFault("has token scores that do not match its tokens");
        }
        return switch (metadata.values().get(GgufParser.TOKEN_TYPES)) {
            case null -> List.of();
            case GgufValue.Wholes(List<Integer> types) when types.size() == tokens -> types;
            default -> throw new GgufFault("has token types that do not match its tokens");
        };
    }

    private static OptionalInt special(Metadata metadata, String name, int tokens)
            throws GgufFault {
        String key = PREFIX + name + "_token_id";
        long id = metadata.whole(key).orElse(-1);
        if (id >= tokens) {
            throw new GgufFault("has %s %d of only %d tokens".formatted(key, id, tokens));
        }
        return id < 0 ? OptionalInt.empty() : OptionalInt.of((int) id);
    }
}
