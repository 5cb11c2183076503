package dev.brigade.bench.images;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.brigade.worker.images.PictureInput;
import dev.brigade.worker.images.Resampling;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What anyone would write who has no Brigade: threads that decode and resize, and one that infers
 * what they made, in full batches. The platform's image readers, the worker's resampling, ONNX
 * Runtime with one thread.
 */
final class PlainClassifier implements AutoCloseable {

    private static final int CHANNELS = 3;
    private static final int BATCHES_AHEAD = 8;
    private static final long LIMIT_S = 120;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final PictureInput input;
    private final int side;
    private final int threads;
    private final int batch;

    /**
     * @param folder of the model
     * @param threads that decode
     * @param batch pictures inferred at once
     */
    PlainClassifier(Path folder, int threads, int batch) throws IOException, OrtException {
        JsonNode preprocessor =
                JsonMapper.shared()
                        .readTree(Files.readString(folder.resolve("preprocessor_config.json")));
        this.side = preprocessor.path("size").path("height").asInt();
        this.input =
                new PictureInput(
                        Optional.of(new PictureInput.Resize.To(new PictureInput.Size(side, side))),
                        Resampling.ofNumber(preprocessor.path("resample").asInt(2)).orElseThrow(),
                        Optional.empty(),
                        preprocessor.path("rescale_factor").asDouble(1 / 255.0),
                        numbers(preprocessor.path("image_mean")),
                        numbers(preprocessor.path("image_std")));
        this.threads = threads;
        this.batch = batch;
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        this.session = environment.createSession(folder.resolve("model.onnx").toString(), options);
    }

    private static List<Double> numbers(JsonNode values) {
        List<Double> numbers = new ArrayList<>();
        values.forEach(value -> numbers.add(value.asDouble()));
        return numbers;
    }

    /** Classifies files and returns how many pictures had the second label as the likelier one. */
    int classify(List<Path> files) throws InterruptedException, OrtException {
        BlockingQueue<float[]> ready = new ArrayBlockingQueue<>(batch * BATCHES_AHEAD);
        try (ExecutorService decoders =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("plain-decode-", 0).factory())) {
            for (Path file : files) {
                decoders.execute(() -> decode(file, ready));
            }
            int second = 0;
            int left = files.size();
            while (left > 0) {
                List<float[]> pictures = take(ready, Math.min(batch, left));
                second += infer(pictures);
                left -= pictures.size();
            }
            return second;
        }
    }

    private void decode(Path file, BlockingQueue<float[]> ready) {
        try {
            BufferedImage picture = ImageIO.read(file.toFile());
            if (!ready.offer(input.numbers(picture), LIMIT_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody infers");
            }
        } catch (IOException e) {
            throw new IllegalStateException("a drawn picture cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<float[]> take(BlockingQueue<float[]> ready, int count)
            throws InterruptedException {
        List<float[]> taken = new ArrayList<>(count);
        while (taken.size() < count) {
            float[] next = ready.poll(LIMIT_S, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("no picture came for %d s".formatted(LIMIT_S));
            }
            taken.add(next);
        }
        return taken;
    }

    private int infer(List<float[]> pictures) throws OrtException {
        FloatBuffer pixels = FloatBuffer.allocate(pictures.size() * CHANNELS * side * side);
        pictures.forEach(pixels::put);
        pixels.flip();
        long[] shape = {pictures.size(), CHANNELS, side, side};
        String name = session.getInputNames().iterator().next();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, pixels, shape);
                OrtSession.Result result = session.run(Map.of(name, tensor))) {
            float[][] scores = (float[][]) result.get(0).getValue();
            int second = 0;
            for (float[] each : scores) {
                second += each[1] > each[0] ? 1 : 0;
            }
            return second;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
