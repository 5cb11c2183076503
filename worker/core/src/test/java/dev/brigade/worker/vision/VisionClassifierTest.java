package dev.brigade.worker.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.ClassifyOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Sampling;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.Picture;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.backend.TokenSink;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VisionClassifierTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Outcome.Usage USAGE = new Outcome.Usage(700, 3, 5);

    private final Saying model = new Saying("Technical.");

    @Test
    void theLabelIsReadFromTheAnswerWhichGoesAlong() {
        Result<Classification> result =
                classify(ClassifyOptions.DEFAULT, null, Sampling.newBuilder());

        assertThat(result)
                .isEqualTo(
                        Result.done(
                                Classification.newBuilder()
                                        .setLabel("technical")
                                        .setConfidence(1.0)
                                        .setRawResponse("Technical.")
                                        .build()));
    }

    @Test
    void withoutConfigurationTheQuestionNamesTheLabels() {
        classify(ClassifyOptions.DEFAULT, null, Sampling.newBuilder());

        GenerationRequest request = model.requests.getFirst();
        assertThat(message(request).content())
                .isEqualTo(
                        "Classify this image as exactly one of: technical, discard."
                                + " Answer with that label alone.");
        assertThat(message(request).pictures()).hasSize(1);
        assertThat(request.maxTokens()).isEqualTo(OptionalInt.of(512));
        assertThat(request.temperature()).isEqualTo(OptionalDouble.of(0.1));
    }

    @Test
    void theRequestGoesBeforeTheConfiguration() {
        ClassifyOptions options =
                new ClassifyOptions(
                        OptionalDouble.empty(),
                        List.of("cat", "dog"),
                        Optional.of("Cat or dog?"),
                        Map.of("cat", List.of("technical")),
                        32,
                        0.5);

        classify(options, null, Sampling.newBuilder());
        Result<Classification> result =
                classify(
                        options,
                        "Which animal?",
                        Sampling.newBuilder().setMaxTokens(9).setTemperature(1.5).setSeed(7L));

        GenerationRequest configured = model.requests.get(0);
        assertThat(message(configured).content()).isEqualTo("Cat or dog?");
        assertThat(configured.maxTokens()).isEqualTo(OptionalInt.of(32));
        GenerationRequest asked = model.requests.get(1);
        assertThat(message(asked).content()).isEqualTo("Which animal?");
        assertThat(asked.maxTokens()).isEqualTo(OptionalInt.of(9));
        assertThat(asked.temperature()).isEqualTo(OptionalDouble.of(1.5));
        assertThat(asked.seed()).hasValue(7);
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Done.class,
                        done ->
                                assertThat(((Classification) done.value()).getLabel())
                                        .isEqualTo("cat"));
    }

    @Test
    void anAnswerWithoutALabelOrWithSeveralIsUnclassifiable() {
        for (String answer : List.of("", "a cat", "technical or discard")) {
            model.answer = answer;
            assertThat(classify(ClassifyOptions.DEFAULT, null, Sampling.newBuilder()))
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> {
                                assertThat(failed.code())
                                        .isEqualTo(ErrorCode.UNCLASSIFIABLE_ANSWER);
                                assertThat(failed.message()).doesNotContain("cat");
                            });
        }
    }

    @Test
    void anEndlessAnswerIsEnded() {
        model.answer = "x".repeat(70_000);

        assertThat(classify(ClassifyOptions.DEFAULT, null, Sampling.newBuilder()))
                .isEqualTo(
                        Result.failed(ErrorCode.UNCLASSIFIABLE_ANSWER, "the answer is too long"));
    }

    @Test
    void failuresAndCancellationsAreTheModels() {
        model.outcome = new Outcome.Failed(ErrorCode.ENGINE_CRASHED, "gone", true);
        assertThat(classify(ClassifyOptions.DEFAULT, null, Sampling.newBuilder()))
                .isEqualTo(new Result.Failed<>(ErrorCode.ENGINE_CRASHED, "gone", true));

        model.outcome = new Outcome.Cancelled(USAGE);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThat(
                        classifier(ClassifyOptions.DEFAULT)
                                .classify(
                                        noise(10, 10),
                                        null,
                                        true,
                                        sampling(Sampling.newBuilder()),
                                        cancelled,
                                        LIMIT))
                .isEqualTo(Result.cancelled());
    }

    @Test
    void theTokensAreTold() {
        Result<VisionClassifier.Answer> result =
                classifier(ClassifyOptions.DEFAULT)
                        .classify(
                                VisionClassifier.encode(noise(10, 10), true),
                                null,
                                sampling(Sampling.newBuilder()),
                                new Cancellation(),
                                LIMIT);

        assertThat(result.map(VisionClassifier.Answer::usage)).isEqualTo(Result.done(USAGE));
    }

    @Test
    void largePicturesAreMadeSmallerWhereThatIsWanted() throws IOException {
        BufferedImage large = noise(2000, 500);

        Picture small = VisionClassifier.encode(large, true);
        Picture whole = VisionClassifier.encode(large, false);

        assertThat(small.mediaType()).isEqualTo("image/jpeg");
        assertThat(decoded(small).getWidth()).isEqualTo(1024);
        assertThat(decoded(small).getHeight()).isEqualTo(256);
        assertThat(decoded(whole).getWidth()).isEqualTo(2000);
    }

    @Test
    void drawingsOfFewColoursLoseNothing() throws IOException {
        BufferedImage drawing = new BufferedImage(50, 40, BufferedImage.TYPE_3BYTE_BGR);
        drawing.setRGB(7, 9, 0xff1234);

        Picture picture = VisionClassifier.encode(drawing, true);

        assertThat(picture.mediaType()).isEqualTo("image/png");
        assertThat(decoded(picture).getRGB(7, 9)).isEqualTo(0xffff1234);
    }

    private static BufferedImage decoded(Picture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.bytes()));
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, random.nextInt());
            }
        }
        return picture;
    }

    private Result<Classification> classify(
            ClassifyOptions options, @Nullable String prompt, Sampling.Builder sampling) {
        return classifier(options)
                .classify(
                        noise(20, 20), prompt, true, sampling(sampling), new Cancellation(), LIMIT);
    }

    private VisionClassifier classifier(ClassifyOptions options) {
        return new VisionClassifier("eye", model, options);
    }

    private static Sampling sampling(Sampling.Builder builder) {
        return builder.build();
    }

    private static Message message(GenerationRequest request) {
        return ((Prompt.Chat) request.prompt()).messages().getFirst();
    }

    /** Says always the same, piece by piece. */
    private static final class Saying implements TextModel {

        private final List<GenerationRequest> requests = new ArrayList<>();
        private String answer;
        private Outcome outcome = new Outcome.Finished(Outcome.Reason.STOP, USAGE);

        Saying(String answer) {
            this.answer = answer;
        }

        @Override
        public Outcome generate(
                GenerationRequest request,
                TokenSink sink,
                Cancellation cancellation,
                Duration limit) {
            requests.add(request);
            for (int at = 0; at < answer.length(); at += 100) {
                String piece = answer.substring(at, Math.min(answer.length(), at + 100));
                if (!sink.accept(piece, 1)) {
                    return new Outcome.Cancelled(USAGE);
                }
            }
            return outcome;
        }

        @Override
        public boolean takesImages() {
            return true;
        }

        @Override
        public ModelFacts facts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Health health() {
            return Health.READY;
        }

        @Override
        public void close() {}
    }
}
