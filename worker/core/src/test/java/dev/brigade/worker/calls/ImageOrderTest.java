package dev.brigade.worker.calls;

import static dev.brigade.worker.calls.CallsFixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.Priority;
import dev.brigade.schema.Sampling;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.images.ImageDesk;
import dev.brigade.worker.images.ImageSettings;
import dev.brigade.worker.turns.Shares;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real decoders before a model that answers when the test says so. */
@Timeout(60)
class ImageOrderTest {

    private static final int PLACES = 24;
    private static final int RESERVED = 4;

    /** What images of one class have of the places while no other class waits. */
    private static final int LOW_AT_MODEL = PLACES - 2 * RESERVED;

    @TempDir Path folder;

    private final TestingImageModel model = new TestingImageModel(new Shares(PLACES, RESERVED));
    private final List<Thread> callers = new ArrayList<>();
    private final List<Result<Classified>> lowResults =
            Collections.synchronizedList(new ArrayList<>());
    private PayloadStore payloads;
    private ImageDesk desk;
    private ImageModelClassifier classifier;

    @BeforeEach
    void open() {
        payloads = PayloadStores.open(folder.resolve("payloads").toString());
        desk =
                new ImageDesk(
                        new ImageSettings(List.of(folder), 1_000_000, 64, 1 << 20, true, 2),
                        payloads,
                        new SimpleMeterRegistry());
        classifier = new ImageModelClassifier(model, desk, new Labelling(OptionalDouble.empty()));
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Thread caller : callers) {
            caller.interrupt();
            caller.join();
        }
        desk.close();
        payloads.close();
    }

    @Test
    void aHighImageReachesTheModelThoughHundredsOfLowOnesWait() throws Exception {
        lowParts(4, 50);
        await().until(() -> model.waiting() == LOW_AT_MODEL);

        var high = begin(Priority.HIGH);

        await().until(() -> model.waiting(Priority.HIGH) == 1);
        model.answerNext();
        assertThat(high.join()).isInstanceOf(Result.Done.class);
        assertThat(lowResults).as("not one was answered before it").isEmpty();
    }

    @Test
    void lowImagesAreAllAnsweredWhileHighOnesKeepComing() throws Exception {
        lowParts(2, LOW_AT_MODEL);
        await().until(() -> model.waiting() == LOW_AT_MODEL);

        int answered = 0;
        while (lowResults.size() < 2 * LOW_AT_MODEL && answered < 40 * LOW_AT_MODEL) {
            if (model.waiting(Priority.HIGH) == 0) {
                var _ = begin(Priority.HIGH);
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> model.waiting(Priority.HIGH) > 0);
            }
            model.answerNext();
            answered++;
        }

        assertThat(lowResults).hasSize(2 * LOW_AT_MODEL).allMatch(Result.Done.class::isInstance);
    }

    private CompletableFuture<Result<Classified>> begin(Priority priority)
            throws InterruptedException {
        ImageItem item = image(Color.WHITE, 8, 8);
        var wish = new Classifier.Wish(null, false, false, Sampling.newBuilder().build(), priority);
        return classifier.begin(item, wish, new Cancellation(), CallsFixture.LONG);
    }

    /** Parts of low batches, each on a thread of its own that waits for room. */
    private void lowParts(int parts, int images) {
        for (int part = 0; part < parts; part++) {
            callers.add(Thread.ofPlatform().daemon().start(() -> lowPart(images)));
        }
    }

    private void lowPart(int images) {
        try {
            for (int i = 0; i < images; i++) {
                var _ = begin(Priority.LOW).thenAccept(lowResults::add);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
