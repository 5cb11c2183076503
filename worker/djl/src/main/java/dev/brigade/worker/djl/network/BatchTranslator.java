package dev.brigade.worker.djl.network;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.util.List;

/**
 * Turns a whole batch into tensors and back. DJL's own way makes tensors of each input and then
 * stacks them, which ONNX Runtime alone cannot.
 */
public abstract class BatchTranslator<I, O> implements Translator<I, O> {

    @Override
    public abstract NDList batchProcessInput(TranslatorContext context, List<I> inputs);

    @Override
    public abstract List<O> batchProcessOutput(TranslatorContext context, NDList outputs);

    /** Only tells DJL that batches are meant; it is never asked. */
    @Override
    public final Batchifier getBatchifier() {
        return Batchifier.STACK;
    }

    @Override
    public final NDList processInput(TranslatorContext context, I input) {
        throw new UnsupportedOperationException("whole batches only");
    }

    @Override
    public final O processOutput(TranslatorContext context, NDList outputs) {
        throw new UnsupportedOperationException("whole batches only");
    }
}
