package dev.brigade.worker.djl.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslatorContext;
import dev.brigade.worker.djl.network.BatchTranslator;
import dev.brigade.worker.djl.network.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * From pictures to one tensor, and from the output to one row of numbers for each. The tensor's
 * memory is kept from batch to batch: one thread at a time runs the network, and a batch is done
 * with before the next one begins.
 */
final class PixelTranslator extends BatchTranslator<Pixels, float[]> {

    private static final String COUNT = "count";

    private final ImageInput input;
    private FloatBuffer memory = FloatBuffer.allocate(0);

    PixelTranslator(ImageInput input) {
        this.input = input;
    }

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Pixels> pictures) {
        context.setAttachment(COUNT, pictures.size());
        int batch = input.batch().orElse(pictures.size());
        FloatBuffer numbers = memory(batch * input.numbers());
        pictures.forEach(picture -> numbers.put(picture.values()));
        numbers.rewind(); // what is left of a batch of fixed size holds older pictures: no matter
        Shape shape =
                new Shape(batch, ImageInput.COLOURS, input.size().height(), input.size().width());
        NDArray tensor = context.getNDManager().create(numbers, shape, DataType.FLOAT32);
        input.name().ifPresent(tensor::setName);
        return new NDList(tensor);
    }

    @Override
    public List<float[]> batchProcessOutput(TranslatorContext context, NDList outputs) {
        Shape shape = outputs.getFirst().getShape();
        if (!(context.getAttachment(COUNT) instanceof Integer count)
                || shape.dimension() < 1
                || shape.get(0) < count) {
            throw new IllegalStateException("the output's shape is " + shape);
        }
        return Floats.rows(outputs.getFirst(), count);
    }

    private FloatBuffer memory(int numbers) {
        if (memory.capacity() < numbers) {
            memory =
                    ByteBuffer.allocateDirect(Math.multiplyExact(numbers, Float.BYTES))
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer();
        }
        return memory.clear().limit(numbers);
    }
}
