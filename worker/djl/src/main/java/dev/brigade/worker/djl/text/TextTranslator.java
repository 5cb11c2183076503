package dev.brigade.worker.djl.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslatorContext;
import dev.brigade.config.EmbeddingOptions.Pooling;
import dev.brigade.worker.djl.network.BatchTranslator;
import dev.brigade.worker.djl.network.Floats;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * From the tokens of texts to one vector each: the model's own, where its output has one per text,
 * else that of the pooling.
 */
final class TextTranslator extends BatchTranslator<TokenText, float[]> {

    private static final String BATCH = "batch";

    private final TextInputs inputs;
    private final int output;
    private final Pooling pooling;

    /**
     * @param output number of the tensor that holds the result
     */
    TextTranslator(TextInputs inputs, int output, Pooling pooling) {
        this.inputs = inputs;
        this.output = output;
        this.pooling = pooling;
    }

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<TokenText> texts) {
        context.setAttachment(BATCH, texts);
        return inputs.tensors(context.getNDManager(), texts);
    }

    @Override
    public List<float[]> batchProcessOutput(TranslatorContext context, NDList outputs) {
        NDArray tensor = outputs.get(output);
        Shape shape = tensor.getShape();
        List<?> texts = (List<?>) context.getAttachment(BATCH);
        if (shape.get(0) != texts.size() || shape.dimension() > 3) {
            throw new IllegalStateException("the output's shape is " + shape);
        }
        return shape.dimension() < 3
                ? Floats.rows(tensor, texts.size())
                : pooled(tensor, shape, texts);
    }

    private List<float[]> pooled(NDArray tensor, Shape shape, List<?> texts) {
        FloatBuffer numbers = Floats.of(tensor);
        int rows = Math.toIntExact(shape.get(1));
        int width = Math.toIntExact(shape.get(2));
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            int length = ((TokenText) texts.get(i)).length();
            int start = Math.multiplyExact(i * rows, width);
            vectors.add(TokenPooling.pool(pooling, numbers, start, length, width));
        }
        return vectors;
    }
}
