package dev.brigade.worker.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.Job;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.MeterNames;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.deterministic.DeterministicBackend;
import dev.brigade.worker.images.ImageDesk;
import dev.brigade.worker.images.ImageSettings;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.testing.Hosted;
import dev.brigade.worker.testing.Jobs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;

/** A deterministic model, real decoders and a real payload store. */
final class CallsFixture implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);

    final PayloadStore payloads;
    final ImageDesk desk;
    final LoadedModel model;
    private final SimpleMeterRegistry meters;
    private final ModelCalls calls;

    private CallsFixture(
            PayloadStore payloads,
            ImageSettings images,
            HostedModel hosted,
            SimpleMeterRegistry meters)
            throws Exception {
        this.payloads = payloads;
        this.meters = meters;
        this.desk = new ImageDesk(images, payloads, meters);
        this.model = new DeterministicBackend().load(hosted.spec(), BackendContext.alone());
        this.calls = ModelCalls.of(hosted, model, new CallTools(desk, payloads));
    }

    /**
     * @param modelFile what its file says
     * @param properties of {@code models.yaml}
     */
    static CallsFixture of(Path folder, String modelFile, String... properties) throws Exception {
        Files.writeString(folder.resolve("demo.model"), "#deterministic-model\n" + modelFile);
        Files.createDirectories(folder.resolve("images"));
        PayloadStore payloads = PayloadStores.open(folder.resolve("payloads").toString());
        ImageSettings settings =
                new ImageSettings(
                        List.of(folder.resolve("images")), 1_000_000, 64, 1 << 20, true, 2);
        return new CallsFixture(
                payloads,
                settings,
                Hosted.of(folder, "context_length: 64\n" + String.join("\n", properties)),
                new SimpleMeterRegistry());
    }

    Result<Call> call(Object input) {
        return calls.of(job(input));
    }

    Result<CallOutput> run(Object input) throws InterruptedException {
        return run(input, new Cancellation(), LONG);
    }

    Result<CallOutput> run(Object input, Cancellation cancellation, Duration limit)
            throws InterruptedException {
        return done(call(input)).run(cancellation, limit);
    }

    <T> T output(Object input, Class<T> type) throws InterruptedException {
        return type.cast(done(run(input)).output());
    }

    /** Images that were decoded. */
    double decoded() {
        return meters.find(MeterNames.IMAGES_DECODED).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    static <T> T done(Result<T> result) {
        if (result instanceof Result.Done<T>(T value)) {
            return value;
        }
        throw new AssertionError("not done but " + result);
    }

    static void assertFailed(Result<?> result, ErrorCode code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
    }

    /** An image of one colour. */
    static ImageItem image(Color colour, int width, int height) {
        return ImageItem.newBuilder().setImage(ByteBuffer.wrap(png(colour, width, height))).build();
    }

    static byte[] png(Color colour, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static Job job(Object input) {
        return Jobs.builder("r1").setInput(input).build();
    }

    @Override
    public void close() {
        model.close();
        desk.close();
        payloads.close();
    }
}
