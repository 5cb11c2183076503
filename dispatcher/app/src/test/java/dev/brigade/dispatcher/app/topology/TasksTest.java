package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Classification;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.ImageResults;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.LabelScore;
import dev.brigade.schema.Ranking;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.RerankInput;
import dev.brigade.schema.UsageRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose answer is no text: vectors, scores and classifications. */
final class TasksTest {

    @TempDir Path stateDir;

    private TestDispatcher dispatcher;
    private Workers workers;

    @BeforeEach
    void start() {
        dispatcher =
                new TestDispatcher(
                        stateDir,
                        4,
                        "m1:primary",
                        "e1:embedding:embedding:rerank",
                        "v1:vision:classify");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void textsBecomeVectorsByTheModelThatEmbeds() {
        EmbeddingInput input =
                EmbeddingInput.newBuilder()
                        .setTexts(List.of("hello", "world"))
                        .setInputType("query")
                        .setDimensions(2)
                        .build();
        Embeddings vectors = new Embeddings(2, 2, ByteBuffer.wrap(new byte[16]), null);

        Reply reply = answered(input, "e1", vectors);

        assertThat(reply.getOutput()).isEqualTo(vectors);
        assertThat(reply.getText()).isEmpty();
        assertThat(reply.getModel()).isEqualTo("e1");
        assertThat(reply.getUsage().getPromptTokens()).isEqualTo(3);
        assertThat(dispatcher.only(Topics.USAGE, UsageRecord.class).getImages()).isZero();
    }

    @Test
    void tokensAreEmbeddedAsTheyAre() {
        EmbeddingInput input =
                EmbeddingInput.newBuilder()
                        .setTokens(List.of(List.of(1, 2, 3), List.of(4)))
                        .build();

        Reply reply = answered(input, "e1", new Embeddings(2, 1, ByteBuffer.allocate(8), null));

        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
    }

    @Test
    void documentsAreRanked() {
        Ranking ranking = new Ranking(List.of(0.1, 0.9));

        Reply reply = answered(new RerankInput("which?", List.of("this", "that")), "e1", ranking);

        assertThat(reply.getOutput()).isEqualTo(ranking);
    }

    @Test
    void anImageIsClassified() {
        ImageInput image =
                ImageInput.newBuilder()
                        .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                        .setAllowUncertain(true)
                        .build();
        Classification technical =
                new Classification(
                        "technical", 0.9, List.of(new LabelScore("technical", 0.9)), null);

        Reply reply = answered(image, "v1", technical);

        assertThat(reply.getOutput()).isEqualTo(technical);
        assertThat(dispatcher.only(Topics.USAGE, UsageRecord.class).getImages()).isEqualTo(1);
    }

    @Test
    void whatIsWrongWithAnImageIsTheRequestsError() {
        send("r1", ImageInput.newBuilder().setPath("missing.png").build());
        Job job = workers.job();
        workers.begin(job);
        workers.fail(job, "image_not_found");

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.FAILED);
        assertThat(reply.getError().getCode()).isEqualTo("image_not_found");
        assertThat(reply.getError().getRetriable()).isFalse();
    }

    @Test
    void anImageWithTwoSourcesIsRejected() {
        ImageInput both =
                ImageInput.newBuilder()
                        .setPath("a.png")
                        .setImage(ByteBuffer.wrap(new byte[] {1}))
                        .build();
        send("r1", both);

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.REJECTED);
        assertThat(workers.jobs()).isEmpty();
    }

    @Test
    void aJobThatNoRecordCanHoldEndsItsRequestByName() {
        send("r1", ImageInput.newBuilder().setImage(ByteBuffer.wrap(new byte[4_150_000])).build());

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getError().getCode())
                .isEqualTo("request_too_large");
        assertThat(workers.jobs()).isEmpty();
    }

    @Test
    void aModelThatCannotDoTheTaskIsNotAsked() {
        dispatcher.send(
                Topics.REQUESTS,
                "r1",
                InferenceRequest.newBuilder()
                        .setInput(new RerankInput("which?", List.of("this")))
                        .setModel("m1")
                        .build());

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.REJECTED);
        assertThat(reply.getError().getCode()).isEqualTo("unsupported_task");
    }

    @Test
    void aResultThatBreaksTheContractIsADeadLetterAndNotAnAnswer() {
        send("r1", ImageInput.newBuilder().setPath("a.png").build());
        Job job = workers.job();
        workers.begin(job);
        workers.give(job, new ImageResults(List.of(new ImageResult(0, null, null, null))));

        TestRecord<String, byte[]> letter = dispatcher.records(Topics.DEAD_LETTERS).getFirst();
        assertThat(TestDispatcher.text(letter, HeaderNames.REASON)).isEqualTo("invalid_request");
        assertThat(dispatcher.records(Topics.REPLIES)).isEmpty();
    }

    @Test
    void aResultThatCannotBeReadIsADeadLetter() {
        dispatcher.raw(Topics.EVENTS, "r1", new byte[] {0, 0, 0, 0, 99, 1});

        TestRecord<String, byte[]> letter = dispatcher.records(Topics.DEAD_LETTERS).getFirst();
        assertThat(letter.value()).containsExactly(0, 0, 0, 0, 99, 1);
        assertThat(TestDispatcher.text(letter, HeaderNames.REASON)).isEqualTo("unknown_schema");
    }

    @Test
    void aRestartForgetsNothingOfAnImage() {
        ImageInput image =
                ImageInput.newBuilder().setImage(ByteBuffer.wrap(new byte[100_000])).build();
        send("r1", image);
        Job job = workers.job();
        dispatcher.restart();
        workers.begin(job);
        dispatcher.restart();
        workers.give(job, new Classification("discard", 0.7, List.of(), "It is a cat."));

        assertThat(job.getInput()).isEqualTo(image);
        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getOutput())
                .isEqualTo(new Classification("discard", 0.7, List.of(), "It is a cat."));
    }

    private Reply answered(Object input, String model, Object output) {
        send("r1", input);
        Job job = workers.job();
        assertThat(job.getModel()).isEqualTo(model);
        assertThat(job.getInput()).isEqualTo(input);
        workers.begin(job);
        workers.give(job, output);
        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        return reply;
    }

    private void send(String id, Object input) {
        dispatcher.send(Topics.REQUESTS, id, InferenceRequest.newBuilder().setInput(input).build());
    }
}
