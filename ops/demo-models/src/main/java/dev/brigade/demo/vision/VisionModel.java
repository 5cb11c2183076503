package dev.brigade.demo.vision;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.brigade.demo.vision.Examples.Example;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The classifier's file in ONNX Runtime. */
final class VisionModel implements AutoCloseable {

    private static final int BATCH = 64;

    private final OrtEnvironment environment;
    private final OrtSession session;

    private VisionModel(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    static VisionModel open(Path file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            return new VisionModel(
                    environment, environment.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Scores of technical and discard for each picture. */
    float[][] scores(List<Example> examples) {
        float[][] all = new float[examples.size()][];
        for (int start = 0; start < examples.size(); start += BATCH) {
            int end = Math.min(examples.size(), start + BATCH);
            System.arraycopy(scored(examples.subList(start, end)), 0, all, start, end - start);
        }
        return all;
    }

    private float[][] scored(List<Example> examples) {
        int side = (int) Math.round(Math.sqrt(examples.getFirst().pixels().length / 3.0));
        VisionBatch batch = VisionBatch.plain(examples, side);
        long[] shape = {batch.size(), 3, side, side};
        try (OnnxTensor pixels =
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(batch.pixels()), shape);
                OrtSession.Result result = session.run(Map.of("pixel_values", pixels))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
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
