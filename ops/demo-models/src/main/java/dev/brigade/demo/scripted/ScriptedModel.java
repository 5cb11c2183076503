package dev.brigade.demo.scripted;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.demo.gguf.GgufTensor;
import dev.brigade.demo.gguf.GgufWriter;
import dev.brigade.demo.gguf.LlamaShape;
import dev.brigade.demo.gguf.LlamaTensors;
import dev.brigade.demo.gguf.RowSource;
import dev.brigade.demo.gguf.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A small model that answers every prompt with the same script, one byte of it per token, at any
 * temperature up to 2. For tests: stop strings that span tokens, characters that arrive in pieces,
 * long answers, answers that never end.
 *
 * <p>Attention and feed-forward weights are zero, so the hidden state is the embedding of the last
 * token, a random code of ones and minus ones. All tokens of a prompt share one code. The output
 * row of a token is the sum of the codes of those it follows: the right one scores {@code width},
 * any other about {@code sqrt(width)}. A byte that comes twice in the script is two tokens. Where
 * there are several scripts, the first tokens of all of them follow the prompt and score alike.
 */
public final class ScriptedModel {

    private static final LlamaShape TINY = new LlamaShape(4096, 128, 4, 1, 32);
    private static final int LONGEST = 100_000;
    private static final int MOST_TEXTS = 32;

    /** One of them is said first. */
    private final List<byte[]> scripts;

    /** Then said over and over; empty in a model that ends its turn. */
    private final byte[] loop;

    private final LlamaShape shape;

    private ScriptedModel(List<byte[]> scripts, byte[] loop, LlamaShape shape) {
        if (length(scripts) + loop.length > LONGEST) {
            throw new IllegalArgumentException("longer than " + LONGEST + " bytes");
        }
        this.scripts = scripts;
        this.loop = loop;
        this.shape = shape;
    }

    /** A model that says the text and then ends its turn. */
    public static ScriptedModel saying(String text) {
        return saying(text.getBytes(UTF_8));
    }

    /** A model that says the bytes, which need not be valid UTF-8, and then ends its turn. */
    public static ScriptedModel saying(byte[] bytes) {
        return new ScriptedModel(List.of(bytes.clone()), new byte[0], TINY);
    }

    /**
     * A model that says one of the texts and then ends its turn. The seed decides which, each as
     * likely as another and a text that stands here twice twice as likely; at temperature 0 it is
     * always the same one.
     *
     * @param texts 1 to 32
     */
    public static ScriptedModel sayingOneOf(String... texts) {
        if (texts.length < 1 || texts.length > MOST_TEXTS) {
            throw new IllegalArgumentException("there must be 1 to " + MOST_TEXTS + " texts");
        }
        return new ScriptedModel(
                Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList(), new byte[0], TINY);
    }

    /** A model that says the text over and over and never ends its turn. */
    public static ScriptedModel repeating(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("nothing to repeat");
        }
        return new ScriptedModel(List.of(new byte[0]), text.getBytes(UTF_8), TINY);
    }

    /** The same script with another promised context length, in tokens. */
    public ScriptedModel withContext(int context) {
        return new ScriptedModel(
                scripts,
                loop,
                new LlamaShape(
                        context,
                        shape.width(),
                        shape.heads(),
                        shape.blocks(),
                        shape.feedForward()));
    }

    /**
     * The same script from a model that computes more before each token: every block adds 3.4 MB
     * that do nothing but be multiplied.
     */
    public ScriptedModel slowedBy(int blocks) {
        return new ScriptedModel(
                scripts,
                loop,
                new LlamaShape(shape.context(), shape.width(), shape.heads(), blocks, 2048));
    }

    /** Writes the model as a GGUF file in single precision. */
    public void write(Path file) throws IOException {
        Chain chain = new Chain();
        GgufWriter gguf = new GgufWriter();
        shape.describe(gguf, "scripted", chain.tokens.size());
        chain.tokens.describe(gguf);
        gguf.add(matrix(LlamaTensors.EMBEDDINGS, chain.tokens.size(), chain.embeddings));
        gguf.add(gains(LlamaTensors.LAST_NORM));
        gguf.add(matrix(LlamaTensors.OUTPUT, chain.tokens.size(), chain.outputs));
        for (int block = 0; block < shape.blocks(); block++) {
            addIdleBlock(gguf, block);
        }
        gguf.write(file);
    }

    private static int length(List<byte[]> scripts) {
        return scripts.stream().mapToInt(script -> script.length).sum();
    }

    private void addIdleBlock(GgufWriter gguf, int block) {
        int width = shape.width();
        int inner = shape.feedForward();
        gguf.add(gains(LlamaTensors.attentionNorm(block)));
        gguf.add(zeros(LlamaTensors.query(block), width, width));
        gguf.add(zeros(LlamaTensors.key(block), width, width));
        gguf.add(zeros(LlamaTensors.value(block), width, width));
        gguf.add(zeros(LlamaTensors.attentionOutput(block), width, width));
        gguf.add(gains(LlamaTensors.feedForwardNorm(block)));
        gguf.add(zeros(LlamaTensors.gate(block), inner, width));
        gguf.add(zeros(LlamaTensors.up(block), inner, width));
        gguf.add(zeros(LlamaTensors.down(block), width, inner));
    }

    private GgufTensor gains(String name) {
        return new GgufTensor(name, TensorType.F32, 1, shape.width(), RowSource.constant(1));
    }

    private GgufTensor matrix(String name, int rows, float[] values) {
        return GgufTensor.matrix(name, TensorType.F32, rows, shape.width(), values);
    }

    private static GgufTensor zeros(String name, int rows, int columns) {
        return new GgufTensor(name, TensorType.F32, rows, columns, RowSource.constant(0));
    }

    /** The tokens of the script, each made to follow the one before it. */
    private final class Chain {
        final ChatTokens tokens = new ChatTokens();
        final float[] embeddings;
        final float[] outputs;
        private final Random random = new Random(7);

        Chain() {
            int vocabulary = ChatTokens.FIRST_OWN + length(scripts) + loop.length;
            embeddings = new float[vocabulary * shape.width()];
            outputs = new float[vocabulary * shape.width()];
            float[] prompt = promptCode();
            scripts.forEach(script -> appendTurn(prompt, script));
        }

        private void appendTurn(float[] prompt, byte[] script) {
            float[] last = appendAll(prompt, script);
            int loopStart = tokens.size();
            last = appendAll(last, loop);
            follow(last, loop.length == 0 ? ChatTokens.TURN_END : loopStart);
        }

        private float[] appendAll(float[] last, byte[] bytes) {
            for (byte value : bytes) {
                last = append(last, tokens.addByte(value));
            }
            return last;
        }

        private float[] promptCode() {
            float[] code = newCode();
            for (int token = 0; token < ChatTokens.FIRST_OWN; token++) {
                System.arraycopy(code, 0, embeddings, token * code.length, code.length);
            }
            return code;
        }

        private float[] append(float[] last, int token) {
            follow(last, token);
            float[] code = newCode();
            System.arraycopy(code, 0, embeddings, token * code.length, code.length);
            return code;
        }

        private void follow(float[] code, int token) {
            for (int i = 0; i < code.length; i++) {
                outputs[token * code.length + i] += code[i];
            }
        }

        private float[] newCode() {
            float[] code = new float[shape.width()];
            for (int i = 0; i < code.length; i++) {
                code[i] = random.nextBoolean() ? 1 : -1;
            }
            return code;
        }
    }
}
