package dev.brigade.worker.djl.text;

import ai.djl.translate.TranslateException;
import dev.brigade.config.EmbeddingOptions.Pooling;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.LoadedModel.Health;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.batch.BatchSettings;
import dev.brigade.worker.djl.batch.Batcher;
import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.folder.TextSetup;
import dev.brigade.worker.djl.network.Network;
import dev.brigade.worker.djl.network.NetworkFile;
import dev.brigade.worker.djl.onnx.OnnxFile;
import dev.brigade.worker.djl.onnx.TensorInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the models that read texts have in common: a tokenizer, a network, and the batcher before
 * it.
 *
 * @param width length of the vectors that the network gives
 */
record TextParts(
        TextSetup setup,
        Tokenizer tokenizer,
        Batcher<TokenText, float[]> batcher,
        int width,
        int atOnce)
        implements AutoCloseable {

    /** What a text may cost, in tokens, where all places of a batch are taken. */
    private static final int TOKENS_PER_TEXT = 128;

    /** Batches of one call that wait or run at a time. */
    private static final int BATCHES_AT_ONCE = 2;

    private static final String WARM_UP = "one two three four five";

    /** Which output a text model is read from. */
    @FunctionalInterface
    interface OutputChoice {
        int of(OnnxFile file);
    }

    /** Loads them, and runs the network until it is warm. */
    static TextParts load(
            ModelSpec spec,
            TextSetup setup,
            NetworkFile file,
            OutputChoice choice,
            BackendContext context) {
        BatchSettings batches = batches(spec, file);
        TextTranslator translator = translator(setup, file, choice);
        int longest = Math.min(spec.contextLength(), setup.longest().orElse(spec.contextLength()));
        Tokenizer tokenizer = Tokenizer.open(setup.tokenizer(), longest);
        try {
            Network<TokenText, float[]> network = Network.load(spec, file, translator);
            try {
                context.progress().loaded(80);
                int width = warmUp(tokenizer, network, batches);
                Batcher<TokenText, float[]> batcher =
                        new Batcher<>(
                                spec.id(),
                                batches,
                                texts -> results(network.run(texts)),
                                () -> release(network, tokenizer),
                                context.meters(),
                                System::nanoTime);
                int atOnce = Math.min(batches.queue(), BATCHES_AT_ONCE * batches.maxSize());
                return new TextParts(setup, tokenizer, batcher, width, atOnce);
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /**
     * Reads the texts of one call and runs them through the network.
     *
     * @param read the text at this place of the call
     */
    Result<Outputs> run(
            int count,
            IntFunction<Result<TokenText>> read,
            Priority priority,
            Cancellation cancellation,
            Duration limit) {
        long begun = System.nanoTime();
        List<TokenText> texts = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            if (cancellation.isCancelled()) {
                return Result.cancelled();
            }
            Result<TokenText> next = read.apply(place);
            if (!(next instanceof Result.Done<TokenText>(TokenText text))) {
                return next.map(_ -> Outputs.NONE);
            }
            texts.add(text);
        }
        Duration left = limit.minusNanos(System.nanoTime() - begun);
        int tokens = texts.stream().mapToInt(TokenText::length).sum();
        return new TextCall(batcher, atOnce, priority, System::nanoTime, cancellation, left)
                .run(texts)
                .map(vectors -> new Outputs(vectors, tokens));
    }

    Health health() {
        return batcher.isAlive() ? Health.READY : Health.FAILED;
    }

    /**
     * What the network gave.
     *
     * @param vectors one for each text
     * @param tokens of all texts
     */
    record Outputs(List<float[]> vectors, int tokens) {
        static final Outputs NONE = new Outputs(List.of(), 0);
    }

    @Override
    public void close() {
        batcher.close();
    }

    private static void release(Network<?, ?> network, Tokenizer tokenizer) {
        network.close();
        tokenizer.close();
    }

    private static BatchSettings batches(ModelSpec spec, NetworkFile file) {
        BatchSettings settings = BatchSettings.of(spec.options().batch(), TOKENS_PER_TEXT);
        TensorInfo ids = file.onnx().map(onnx -> onnx.inputs().getFirst()).orElse(null);
        if (ids == null || ids.rank() == 0 || !ids.isFixed(0)) {
            return settings;
        }
        if (ids.dimensions().getFirst() != 1) {
            throw new FolderFault("the model only takes batches of a fixed size: " + ids);
        }
        return settings.withMaxSize(1);
    }

    private static TextTranslator translator(
            TextSetup setup, NetworkFile file, OutputChoice choice) {
        Pooling pooling = setup.pooling().orElse(Pooling.MEAN);
        if (file.onnx().isEmpty()) {
            return new TextTranslator(TextInputs.ofTorchScript(setup.padding()), 0, pooling);
        }
        OnnxFile onnx = file.onnx().get();
        return new TextTranslator(TextInputs.of(onnx, setup.padding()), choice.of(onnx), pooling);
    }

    /** Runs one text and then a few of unequal length: what a first caller would else wait for. */
    private static int warmUp(
            Tokenizer tokenizer, Network<TokenText, float[]> network, BatchSettings batches) {
        Result<TokenText> read = tokenizer.read(WARM_UP, "the text of the warm-up");
        if (!(read instanceof Result.Done<TokenText>(TokenText text))) {
            throw new FolderFault("the tokenizer cannot read \"" + WARM_UP + "\": " + read);
        }
        TokenText shorter = TokenText.of(new long[] {text.ids()[0]});
        List<TokenText> texts =
                batches.maxSize() > 1 ? List.of(text, shorter, text) : List.of(text);
        try {
            int width = network.run(List.of(text)).getFirst().length;
            if (network.run(texts).size() != texts.size() || width < 1) {
                throw new FolderFault("the model gives no vector for each text");
            }
            return width;
        } catch (TranslateException e) {
            throw new FolderFault("the model failed on a first text: " + e.getMessage(), e);
        }
    }

    private static List<Result<float[]>> results(List<float[]> vectors) {
        return vectors.stream().map(TextParts::result).toList();
    }

    private static Result<float[]> result(float[] vector) {
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                return Result.failed(
                        ErrorCode.ENGINE_ERROR, "the model answered with numbers that are none");
            }
        }
        return Result.done(vector);
    }
}
