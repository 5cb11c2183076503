package dev.brigade.worker.calls;

import static dev.brigade.worker.calls.CallsFixture.assertFailed;
import static dev.brigade.worker.calls.CallsFixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.Ranking;
import dev.brigade.schema.RerankInput;
import dev.brigade.schema.StoredPayload;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TextCallsTest {

    private static final String CAN = "capabilities: [embedding]";
    private static final String RULES =
            """
            task: embedding
            dimensions: 3
            replies:
            - {when: north, say: "0 2 0"}
            - {when: east, say: "1 0 0"}
            - {when: south, say: "0 -1 0"}
            - {when: broken, fail: engine_error}
            """;

    @TempDir Path folder;

    @Test
    void vectorsAreLittleEndianFloatsInTheOrderOfTheTexts() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            CallOutput output = done(fixture.run(texts("east", "north now")));

            Embeddings embeddings = (Embeddings) output.output();
            assertThat(embeddings.getCount()).isEqualTo(2);
            assertThat(embeddings.getDimensions()).isEqualTo(3);
            assertThat(embeddings.getStored()).isNull();
            assertThat(floats(Objects.requireNonNull(embeddings.getVectors())))
                    .containsExactly(1, 0, 0, 0, 2, 0);
            assertThat(output.usage().promptTokens()).isEqualTo(3);
        }
    }

    @Test
    void vectorsThatFitNoRecordGoIntoThePayloadStore() throws Exception {
        try (CallsFixture fixture =
                CallsFixture.of(folder, "task: embedding\ndimensions: 4096", CAN)) {
            List<String> many = Collections.nCopies(65, "word");
            Embeddings embeddings = fixture.output(texts(many), Embeddings.class);

            StoredPayload stored = Objects.requireNonNull(embeddings.getStored());
            assertThat(embeddings.getVectors()).isNull();
            assertThat(stored.getBytes()).isEqualTo(65 * 4096 * 4);
            float[] read = floats(ByteBuffer.wrap(fixture.payloads.read(stored, 2 << 20)));
            assertThat(read)
                    .hasSize(65 * 4096)
                    .contains(read[0], org.assertj.core.data.Index.atIndex(64 * 4096));

            Embeddings fewer = fixture.output(texts(many.subList(0, 64)), Embeddings.class);
            assertThat(fewer.getVectors()).isNotNull();
        }
    }

    @Test
    void whatIsWrongWithTextsIsSaid() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            EmbeddingInput both =
                    EmbeddingInput.newBuilder()
                            .setTexts(List.of("a"))
                            .setTokens(List.of(List.of(1)))
                            .build();
            EmbeddingInput typed =
                    EmbeddingInput.newBuilder()
                            .setTexts(List.of("a"))
                            .setInputType("title")
                            .build();
            EmbeddingInput wide =
                    EmbeddingInput.newBuilder().setTexts(List.of("a")).setDimensions(4).build();

            assertFailed(fixture.call(both), ErrorCode.INVALID_REQUEST);
            assertFailed(
                    fixture.call(EmbeddingInput.newBuilder().build()), ErrorCode.INVALID_REQUEST);
            assertFailed(fixture.call(typed), ErrorCode.INVALID_REQUEST);
            assertFailed(fixture.run(wide), ErrorCode.INVALID_REQUEST);
            assertFailed(fixture.run(texts("a ".repeat(65))), ErrorCode.CONTEXT_LENGTH_EXCEEDED);
            assertFailed(fixture.run(texts("broken")), ErrorCode.ENGINE_ERROR);
        }
    }

    @Test
    void tokensAndFewerDimensionsAreTakenToo() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, "task: embedding", CAN)) {
            EmbeddingInput tokens =
                    EmbeddingInput.newBuilder()
                            .setTokens(List.of(List.of(5, 7), List.of(5, 7)))
                            .setDimensions(4)
                            .setInputType("query")
                            .build();

            float[] vectors =
                    floats(
                            Objects.requireNonNull(
                                    fixture.output(tokens, Embeddings.class).getVectors()));

            assertThat(vectors).hasSize(8);
            double length = 0;
            for (int i = 0; i < 4; i++) {
                assertThat(vectors[i]).isEqualTo(vectors[4 + i]);
                length += vectors[i] * vectors[i];
            }
            assertThat(length).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void anEmbeddingModelRanksByTheCosine() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            CallOutput output =
                    done(
                            fixture.run(
                                    new RerankInput(
                                            "north", List.of("south", "east", "the north"))));

            assertThat(((Ranking) output.output()).getScores()).containsExactly(-1.0, 0.0, 1.0);
            assertThat(output.usage().promptTokens()).isEqualTo(5);
        }
    }

    @Test
    void aVectorWithoutDirectionIsLikeNothing() {
        assertThat(CosineRanker.cosine(new float[] {0, 0}, new float[] {1, 0})).isZero();
    }

    @Test
    void aCallEndsWhenItIsCancelledAndWhenItsTimeIsOver() throws Exception {
        String slow = "task: embedding\ndelay_ms: 100000";
        try (CallsFixture fixture = CallsFixture.of(folder, slow, CAN)) {
            Cancellation cancellation = new Cancellation();
            cancellation.cancel();

            assertThat(fixture.run(texts("a"), cancellation, CallsFixture.LONG))
                    .isInstanceOf(Result.Cancelled.class);
            assertFailed(
                    fixture.run(texts("a"), new Cancellation(), Duration.ofMillis(20)),
                    ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void whatModelOrConfigurationCannotDoIsRefusedForGood() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, "capabilities: [chat]")) {
            for (Object input :
                    List.of(
                            texts("a"),
                            new RerankInput("q", List.of("d")),
                            ImageInput.newBuilder().setPath("a.png").build(),
                            ImagePart.newBuilder().setFrom(0).setCount(1).build(),
                            ImageListing.newBuilder().setGlob("*").build())) {
                assertFailed(fixture.call(input), ErrorCode.UNSUPPORTED_TASK);
            }
        }
    }

    private static EmbeddingInput texts(String... texts) {
        return texts(List.of(texts));
    }

    private static EmbeddingInput texts(List<String> texts) {
        return EmbeddingInput.newBuilder().setTexts(texts).build();
    }

    private static float[] floats(ByteBuffer bytes) {
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
