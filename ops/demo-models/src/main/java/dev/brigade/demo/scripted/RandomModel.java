package dev.brigade.demo.scripted;

import dev.brigade.demo.gguf.GgufTensor;
import dev.brigade.demo.gguf.GgufWriter;
import dev.brigade.demo.gguf.LlamaShape;
import dev.brigade.demo.gguf.LlamaTensors;
import dev.brigade.demo.gguf.RowSource;
import dev.brigade.demo.gguf.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A model with random weights in Q8_0 that says random words and never ends its turn: the right
 * load for measuring throughput, since computing costs what it costs in a trained model of that
 * size.
 *
 * @param shape measures; width and feed-forward are multiples of 32
 * @param words how many words it knows
 * @param seed the same seed gives the same file
 */
public record RandomModel(LlamaShape shape, int words, long seed) {

    private static final int LAST_BLOCK_SALT = 1_000;

    /** About 91 million weights, a file of 97 MB. */
    public static RandomModel ofNinetyMillion(long seed) {
        return new RandomModel(new LlamaShape(4096, 768, 12, 12, 2048), 3838, seed);
    }

    /** Writes a 97 MB model: {@code RandomModel <file> [seed]}. */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: RandomModel <file> [seed]");
            System.exit(2);
        }
        ofNinetyMillion(args.length == 2 ? Long.parseLong(args[1]) : 1).write(Path.of(args[0]));
    }

    /** Writes the model as a GGUF file. */
    public void write(Path file) throws IOException {
        ChatTokens tokens = new ChatTokens();
        for (int i = 0; i < words; i++) {
            tokens.addText(word(i));
        }
        GgufWriter gguf = new GgufWriter();
        shape.describe(gguf, "random", tokens.size());
        tokens.describe(gguf);
        gguf.add(random(LlamaTensors.EMBEDDINGS, tokens.size(), shape.width(), 1));
        gguf.add(gains(LlamaTensors.LAST_NORM));
        gguf.add(output(tokens.size()));
        for (int block = 0; block < shape.blocks(); block++) {
            addBlock(gguf, block);
        }
        gguf.write(file);
    }

    private void addBlock(GgufWriter gguf, int block) {
        int width = shape.width();
        int inner = shape.feedForward();
        int salt = LAST_BLOCK_SALT + 10 * block;
        gguf.add(gains(LlamaTensors.attentionNorm(block)));
        gguf.add(random(LlamaTensors.query(block), width, width, salt));
        gguf.add(random(LlamaTensors.key(block), width, width, salt + 1));
        gguf.add(random(LlamaTensors.value(block), width, width, salt + 2));
        gguf.add(random(LlamaTensors.attentionOutput(block), width, width, salt + 3));
        gguf.add(gains(LlamaTensors.feedForwardNorm(block)));
        gguf.add(random(LlamaTensors.gate(block), inner, width, salt + 4));
        gguf.add(random(LlamaTensors.up(block), inner, width, salt + 5));
        gguf.add(random(LlamaTensors.down(block), width, inner, salt + 6));
    }

    /** Rows of bytes and marks are zero, so that they are never the likeliest token. */
    private GgufTensor output(int vocabulary) {
        RowSource weights = uniform(shape.width(), 2);
        RowSource rows =
                (row, into) -> {
                    if (row < ChatTokens.FIRST_OWN) {
                        RowSource.constant(0).fill(row, into);
                    } else {
                        weights.fill(row, into);
                    }
                };
        return new GgufTensor(
                LlamaTensors.OUTPUT, TensorType.Q8_0, vocabulary, shape.width(), rows);
    }

    private GgufTensor random(String name, int rows, int columns, int salt) {
        return new GgufTensor(name, TensorType.Q8_0, rows, columns, uniform(columns, salt));
    }

    private GgufTensor gains(String name) {
        return new GgufTensor(name, TensorType.F32, 1, shape.width(), RowSource.constant(1));
    }

    /** Uniform weights with the variance that keeps activations of about their size. */
    private RowSource uniform(int columns, int salt) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + salt);
        float bound = (float) Math.sqrt(3.0 / columns);
        return (row, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = (random.nextInt() * 0x1p-31f) * bound;
            }
        };
    }

    /** Distinct words: a syllable for each digit of the number in base 16. */
    private static String word(int number) {
        String syllables = "bacidefogulahekimopuqarisetovunewizy";
        StringBuilder word = new StringBuilder(" ");
        for (int rest = number + 16; rest > 0; rest /= 16) {
            int at = rest % 16 * 2;
            word.append(syllables, at, at + 2);
        }
        return word.toString();
    }
}
