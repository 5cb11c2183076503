package dev.brigade.demo.scripted;

import dev.brigade.demo.gguf.GgufValue;
import dev.brigade.demo.gguf.GgufWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The vocabulary of an untrained model: 256 byte tokens, so that any prompt can be read, the two
 * marks of the chat template, and whatever the model says beyond that. It is of the kind that
 * llama.cpp calls "llama" (SentencePiece).
 */
final class ChatTokens {

    static final int FIRST_BYTE = 0;
    static final int TURN_START = 256;
    static final int TURN_END = 257;
    static final int FIRST_OWN = 258;

    static final String TEMPLATE =
            """
            {% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' \
            + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}\
            {% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
            """;

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;

    private final List<String> texts = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();

    ChatTokens() {
        for (int value = 0; value < 256; value++) {
            add("<0x%02X>".formatted(value), BYTE);
        }
        add("<|im_start|>", CONTROL);
        add("<|im_end|>", CONTROL);
    }

    /**
     * Adds a token that prints one byte and that no prompt is ever split into. The engine reads the
     * two hex digits and passes over the rest of the text, which only makes it unlike every other:
     * an engine ends the process when two tokens have the same text.
     */
    int addByte(byte value) {
        return add("<0x%02X>#%d".formatted(value & 0xFF, texts.size()), BYTE);
    }

    /** Adds a token that prints its text; a prompt may be split into it. */
    int addText(String text) {
        return add(text, NORMAL);
    }

    int size() {
        return texts.size();
    }

    void describe(GgufWriter gguf) {
        gguf.put("tokenizer.ggml.model", "llama");
        gguf.put("tokenizer.ggml.tokens", new GgufValue.Texts(texts));
        gguf.put(
                "tokenizer.ggml.scores",
                new GgufValue.Float32s(texts.stream().map(t -> 0f).toList()));
        gguf.put("tokenizer.ggml.token_type", new GgufValue.Int32s(types));
        gguf.put("tokenizer.ggml.bos_token_id", TURN_START);
        gguf.put("tokenizer.ggml.eos_token_id", TURN_END);
        gguf.put("tokenizer.ggml.unknown_token_id", TURN_START);
        gguf.put("tokenizer.ggml.padding_token_id", TURN_END);
        gguf.put("tokenizer.ggml.add_bos_token", false);
        gguf.put("tokenizer.ggml.add_eos_token", false);
        gguf.put("tokenizer.ggml.add_space_prefix", false);
        gguf.put("tokenizer.chat_template", TEMPLATE);
    }

    private int add(String text, int type) {
        texts.add(text);
        types.add(type);
        return texts.size() - 1;
    }
}
