package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.request.RequestRules;
import dev.brigade.schema.Classification;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.LabelScore;
import dev.brigade.schema.Ranking;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.RerankInput;
import dev.brigade.schema.StoredPayload;
import dev.brigade.schema.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are no text. */
class OutputAnswersTest {

    private static final float[] FIRST = {1, -2.5f};
    private static final float[] SECOND = {Float.MIN_VALUE, 0};

    @TempDir Path folder;

    @Test
    void vectorsInTheReplyAreRead() {
        EmbeddingAnswer answer =
                EmbeddingAnswer.of(
                        answer(vectors(2, 2).setVectors(bytes(FIRST, SECOND)).build()),
                        PayloadStores.none());

        assertThat(answer.vectors()).containsExactly(FIRST, SECOND);
        assertThat(answer.dimensions()).isEqualTo(2);
        assertThat(answer.promptTokens()).isEqualTo(3);
        assertThat(answer.model()).isEqualTo("m");
    }

    @Test
    void vectorsInThePayloadStoreAreRead() {
        PayloadStore store = PayloadStores.open(folder.toString());
        StoredPayload stored = store.put(bytes(FIRST, SECOND).array(), "application/octet-stream");
        Answer answer = answer(vectors(2, 2).setStored(stored).build());

        assertThat(EmbeddingAnswer.of(answer, store).vectors()).containsExactly(FIRST, SECOND);
        failsWith(
                ErrorCode.PAYLOAD_STORE_MISSING,
                () -> EmbeddingAnswer.of(answer, PayloadStores.none()));
    }

    @Test
    void vectorsOfAnotherLengthThanToldAreAFailure() {
        Answer short1 = answer(vectors(2, 2).setVectors(bytes(FIRST)).build());
        Answer none = answer(vectors(2, 2).build());

        failsWith(ErrorCode.INTERNAL_ERROR, () -> EmbeddingAnswer.of(short1, PayloadStores.none()));
        failsWith(ErrorCode.INTERNAL_ERROR, () -> EmbeddingAnswer.of(none, PayloadStores.none()));
    }

    @Test
    void aRankingPutsTheBestFirst() {
        RerankAnswer answer = RerankAnswer.of(answer(new Ranking(List.of(0.1, 0.9, 0.1, 0.5))));

        assertThat(answer.scores()).containsExactly(0.1, 0.9, 0.1, 0.5);
        assertThat(answer.bestFirst()).containsExactly(1, 3, 0, 2);
    }

    @Test
    void aClassificationIsTold() {
        Classification found =
                Classification.newBuilder()
                        .setLabel("technical")
                        .setConfidence(0.97)
                        .setScores(List.of(new LabelScore("technical", 0.97)))
                        .setRawResponse("It is technical.")
                        .build();

        ClassifyAnswer answer = ClassifyAnswer.of(answer(found));

        assertThat(answer.label()).isEqualTo("technical");
        assertThat(answer.confidence()).isEqualTo(0.97);
        assertThat(answer.scores()).hasSize(1);
        assertThat(answer.rawResponse()).contains("It is technical.");
        assertThat(answer.completionTokens()).isEqualTo(4);
    }

    @Test
    void anAnswerOfAnotherKindIsAFailure() {
        Answer text = Answer.of(Records.completed(Records.epoch(1, 1), "text"));

        failsWith(ErrorCode.INTERNAL_ERROR, () -> EmbeddingAnswer.of(text, PayloadStores.none()));
        failsWith(ErrorCode.INTERNAL_ERROR, () -> RerankAnswer.of(text));
        failsWith(ErrorCode.INTERNAL_ERROR, () -> ClassifyAnswer.of(text));
    }

    @Test
    void requestsSayWhatTheyWereToldTo() {
        InferenceRequest embedding =
                EmbeddingRequest.builder()
                        .text("a")
                        .texts(List.of("b"))
                        .dimensions(64)
                        .inputType("query")
                        .model("e")
                        .build()
                        .toRecord("acme");
        InferenceRequest tokens =
                EmbeddingRequest.builder().tokens(1, 2).tokens(3).build().toRecord("acme");
        InferenceRequest rerank = RerankRequest.of("q", List.of("a", "b")).toRecord("acme");
        InferenceRequest classify =
                ClassifyRequest.builder()
                        .image(new byte[] {1})
                        .prompt("what?")
                        .temperature(0)
                        .build()
                        .toRecord("acme");

        assertThat(embedding.getInput())
                .isEqualTo(
                        EmbeddingInput.newBuilder()
                                .setTexts(List.of("a", "b"))
                                .setDimensions(64)
                                .setInputType("query")
                                .build());
        assertThat(embedding.getModel()).isEqualTo("e");
        assertThat(embedding.getTenant()).isEqualTo("acme");
        assertThat(embedding.getSampling()).isNull();
        assertThat(((EmbeddingInput) tokens.getInput()).getTokens())
                .containsExactly(List.of(1, 2), List.of(3));
        assertThat(rerank.getInput()).isEqualTo(new RerankInput("q", List.of("a", "b")));
        assertThat(((ImageInput) classify.getInput()).getPrompt()).isEqualTo("what?");
        assertThat(classify.getSampling().getTemperature()).isZero();
        for (InferenceRequest request : List.of(embedding, tokens, rerank, classify)) {
            assertThat(RequestRules.firstViolation(request)).isEmpty();
            assertThat(request.getStream()).isFalse();
        }
    }

    private static Embeddings.Builder vectors(int count, int dimensions) {
        return Embeddings.newBuilder().setCount(count).setDimensions(dimensions);
    }

    private static ByteBuffer bytes(float[]... vectors) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * vectors.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            for (float value : vector) {
                bytes.putFloat(value);
            }
        }
        return bytes.flip();
    }

    private static Answer answer(Object output) {
        return Answer.of(
                Records.reply(ReplyStatus.COMPLETED)
                        .setText("")
                        .setModel("m")
                        .setUsage(new Usage(3, 4))
                        .setOutput(output)
                        .build());
    }

    private static void failsWith(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BrigadeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
