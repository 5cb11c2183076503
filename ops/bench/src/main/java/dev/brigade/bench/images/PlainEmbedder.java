package dev.brigade.bench.images;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A plain loop over batches of texts: tokens, ONNX Runtime with one thread, mean of the tokens'
 * vectors, length 1.
 */
final class PlainEmbedder implements AutoCloseable {

    /** Texts that a loop over many infers at once. */
    static final int BATCH = 32;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    PlainEmbedder(Path folder) throws IOException, OrtException {
        tokenizer =
                HuggingFaceTokenizer.builder()
                        .optTokenizerPath(folder.resolve("tokenizer.json"))
                        .optTruncation(false)
                        .optPadding(true)
                        .build();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = environment.createSession(folder.resolve("model.onnx").toString(), options);
    }

    /** Vectors of many texts, batch by batch. */
    List<float[]> embedAll(List<String> texts) throws OrtException {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            vectors.addAll(List.of(embed(batch)));
        }
        return vectors;
    }

    /** Vectors of texts that are inferred at once. */
    float[][] embed(List<String> texts) throws OrtException {
        Encoding[] encodings = tokenizer.batchEncode(texts);
        long[][] ids = new long[encodings.length][];
        long[][] mask = new long[encodings.length][];
        for (int i = 0; i < encodings.length; i++) {
            ids[i] = encodings[i].getIds();
            mask[i] = encodings[i].getAttentionMask();
        }
        try (OnnxTensor tokens = OnnxTensor.createTensor(environment, ids);
                OnnxTensor masks = OnnxTensor.createTensor(environment, mask);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", tokens, "attention_mask", masks))) {
            float[][][] states = (float[][][]) result.get(0).getValue();
            float[][] vectors = new float[states.length][];
            for (int i = 0; i < states.length; i++) {
                vectors[i] = mean(states[i], mask[i]);
            }
            return vectors;
        }
    }

    private static float[] mean(float[][] states, long[] mask) {
        float[] sum = new float[states[0].length];
        for (int token = 0; token < states.length; token++) {
            for (int i = 0; mask[token] == 1 && i < sum.length; i++) {
                sum[i] += states[token][i];
            }
        }
        double square = 0;
        for (float value : sum) {
            square += (double) value * value;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= length;
        }
        return sum;
    }

    @Override
    public void close() throws OrtException {
        session.close();
        tokenizer.close();
    }
}
