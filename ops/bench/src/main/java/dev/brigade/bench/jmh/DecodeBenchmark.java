package dev.brigade.bench.jmh;

import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.images.ImageDesk;
import dev.brigade.worker.images.ImageSettings;
import dev.brigade.worker.images.PictureInput;
import dev.brigade.worker.images.Resampling;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An encoded picture in memory becomes the shipped classifier's numbers: by the worker's desk
 * (header and limits checked, bounded memory, a decoder's thread) and, as the baseline, by {@link
 * ImageIO#read} and the same resizing on the caller's thread. The samples are small, at most 160
 * pixels wide; the large JPEG has 12 megapixels. The platform reads no WebP, which so has no
 * baseline.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class DecodeBenchmark {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SIDE = 96;
    private static final List<Double> HALVES = List.of(0.5, 0.5, 0.5);
    private static final int NOISE = 12;

    private final PictureInput input =
            new PictureInput(
                    Optional.of(new PictureInput.Resize.To(new PictureInput.Size(SIDE, SIDE))),
                    Resampling.BILINEAR,
                    Optional.empty(),
                    1 / 255.0,
                    HALVES,
                    HALVES);
    private final ImageDesk desk =
            new ImageDesk(
                    ImageSettings.defaults(), PayloadStores.none(), new SimpleMeterRegistry());
    private byte[] jpeg = {};
    private byte[] largeJpeg = {};
    private byte[] png = {};
    private byte[] gif = {};
    private byte[] webpLossy = {};
    private byte[] webpLossless = {};

    /** Reads the samples and makes of them what is not shipped. */
    @Setup
    public void read() throws IOException {
        Path samples =
                Path.of(System.getProperty("brigade.root", "")).resolve("ops/demo-models/samples");
        jpeg = Files.readAllBytes(samples.resolve("000013-water.jpg"));
        png = Files.readAllBytes(samples.resolve("000004-mind-map.png"));
        gif = encoded("gif", read(png));
        largeJpeg = encoded("jpeg", large(read(jpeg)));
        webpLossy = resource("water-lossy.webp");
        webpLossless = resource("mind-map-lossless.webp");
    }

    @TearDown
    public void close() {
        desk.close();
    }

    /** A photograph-like JPEG. */
    @Benchmark
    public float[] jpeg() throws Exception {
        return byDesk(jpeg);
    }

    /** The same without the desk. */
    @Benchmark
    public float[] baselineJpeg() throws IOException {
        return plainly(jpeg);
    }

    /** A JPEG of 12 megapixels. */
    @Benchmark
    public float[] largeJpeg() throws Exception {
        return byDesk(largeJpeg);
    }

    /** The same without the desk. */
    @Benchmark
    public float[] baselineLargeJpeg() throws IOException {
        return plainly(largeJpeg);
    }

    /** A PNG of a diagram. */
    @Benchmark
    public float[] png() throws Exception {
        return byDesk(png);
    }

    /** The same without the desk. */
    @Benchmark
    public float[] baselinePng() throws IOException {
        return plainly(png);
    }

    /** The same diagram as a GIF. */
    @Benchmark
    public float[] gif() throws Exception {
        return byDesk(gif);
    }

    /** The same without the desk. */
    @Benchmark
    public float[] baselineGif() throws IOException {
        return plainly(gif);
    }

    /** The picture of the JPEG as a lossy WebP. */
    @Benchmark
    public float[] webpLossy() throws Exception {
        return byDesk(webpLossy);
    }

    /** The picture of the PNG as a lossless WebP. */
    @Benchmark
    public float[] webpLossless() throws Exception {
        return byDesk(webpLossless);
    }

    private float[] byDesk(byte[] bytes)
            throws InterruptedException, ExecutionException, TimeoutException {
        ImageItem item = ImageItem.newBuilder().setImage(ByteBuffer.wrap(bytes)).build();
        Result<float[]> result =
                desk.decode(item, input::numbers, Priority.NORMAL, LIMIT)
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (result instanceof Result.Done<float[]>(float[] numbers)) {
            return numbers;
        }
        throw new IllegalStateException("the desk answers " + result);
    }

    private float[] plainly(byte[] bytes) throws IOException {
        return input.numbers(read(bytes));
    }

    private static BufferedImage read(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /** Drawn to 4000 x 3000 pixels, with noise, without which it would be all too easy to read. */
    private static BufferedImage large(BufferedImage small) {
        BufferedImage large = new BufferedImage(4_000, 3_000, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(small, 0, 0, large.getWidth(), large.getHeight(), null);
        graphics.dispose();
        Random random = new Random(1);
        for (int y = 0; y < large.getHeight(); y++) {
            for (int x = 0; x < large.getWidth(); x++) {
                int grain = random.nextInt(NOISE);
                large.setRGB(x, y, large.getRGB(x, y) ^ (grain << 16 | grain << 8 | grain));
            }
        }
        return large;
    }

    private static byte[] encoded(String format, BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, format, bytes)) {
            throw new IllegalStateException("nobody writes " + format);
        }
        return bytes.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DecodeBenchmark.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }
}
