package dev.brigade.demo.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The encoder's file in ONNX Runtime, with the mean over tokens that a user of it takes. */
final class EncoderModel implements AutoCloseable {

    private static final int BATCH = 64;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final TextTokenizer tokenizer;

    private EncoderModel(OrtEnvironment environment, OrtSession session, TextTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    static EncoderModel open(Path file, TextTokenizer tokenizer) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            return new EncoderModel(
                    environment, environment.createSession(file.toString(), options), tokenizer);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One vector of length one for each text. */
    float[][] vectors(List<String> texts) {
        float[][] all = new float[texts.size()][];
        for (int start = 0; start < texts.size(); start += BATCH) {
            List<String> part = texts.subList(start, Math.min(texts.size(), start + BATCH));
            System.arraycopy(read(part), 0, all, start, part.size());
        }
        return all;
    }

    private float[][] read(List<String> texts) {
        Tokens tokens = Tokens.of(tokenizer, texts, EncoderPlan.LONGEST);
        long[] shape = {tokens.texts(), tokens.length()};
        try (OnnxTensor ids =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.ids()), shape);
                OnnxTensor mask =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(tokens.mask()), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask))) {
            return means((float[][][]) result.get(0).getValue(), tokens);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float[][] means(float[][][] states, Tokens tokens) {
        float[][] means = new float[states.length][];
        for (int text = 0; text < states.length; text++) {
            float[] sum = new float[states[text][0].length];
            for (int i = 0; i < tokens.length(); i++) {
                if (tokens.present()[text * tokens.length() + i] > 0) {
                    add(sum, states[text][i]);
                }
            }
            means[text] = ofLengthOne(sum);
        }
        return means;
    }

    private static void add(float[] sum, float[] part) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += part[i];
        }
    }

    private static float[] ofLengthOne(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        float[] out = new float[vector.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return out;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
