package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.ItemResult;
import dev.brigade.schema.Job;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.Message;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StageProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many items in one request. */
final class MapTest {

    @TempDir Path stateDir;

    private TestDispatcher dispatcher;
    private Workers workers;

    @BeforeEach
    void start() {
        dispatcher = new TestDispatcher(stateDir, 64, "m1:primary");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void eachItemIsACallOfItsOwn() {
        dispatcher.send(Topics.REQUESTS, "r1", map(2));

        List<Job> jobs = workers.jobs();
        assertThat(jobs).extracting(Job::getStage).containsExactly("item-1", "item-2");
        assertThat(((ChatInput) jobs.get(1).getInput()).getMessages())
                .containsExactly(
                        new Message("system", "in one word", null), new Message("user", "1", null));
    }

    @Test
    void oneItemThatFailsDoesNotFailTheOthers() {
        dispatcher.send(Topics.REQUESTS, "r1", map(3));
        List<Job> jobs = workers.jobs();
        workers.finish(jobs.get(2), "c");
        workers.begin(jobs.get(1));
        workers.fail(jobs.get(1));
        workers.finish(jobs.get(0), "a");

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(reply.getText()).isEmpty();
        assertThat(reply.getFinishReason()).isEqualTo("stop");
        assertThat(reply.getItems())
                .extracting(ItemResult::getIndex, ItemResult::getStatus, ItemResult::getText)
                .containsExactly(
                        tuple(0, "completed", "a"),
                        tuple(1, "failed", null),
                        tuple(2, "completed", "c"));
        assertThat(reply.getItems().get(1).getError().getCode()).isEqualTo("engine_error");
        assertThat(reply.getItems().get(0).getUsage().getCompletionTokens()).isEqualTo(2);
    }

    @Test
    void progressIsPublished() {
        dispatcher.send(Topics.REQUESTS, "r1", map(2));
        List<Job> jobs = workers.jobs();
        workers.finish(jobs.get(0), "a");
        workers.begin(jobs.get(1));
        workers.fail(jobs.get(1));

        List<Chunk> chunks = dispatcher.all(Topics.TOKENS, Chunk.class);
        assertThat(chunks)
                .extracting(Chunk::getProgress)
                .containsExactly(
                        new StageProgress(1, 0, 2, 0.0, null),
                        new StageProgress(1, 1, 2, 0.0, null));
        assertThat(chunks).extracting(Chunk::getSeq).containsExactly(0, 1);
        assertThat(chunks)
                .allSatisfy(chunk -> {
                    assertThat(chunk.getStage()).isEqualTo("map");
                    assertThat(chunk.getText()).isEmpty();
                    assertThat(chunk.getIsFinal()).isFalse();
                });
        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getLastSeq()).isEqualTo(1);
    }

    @Test
    void aMapFailsOnlyIfEveryItemDoes() {
        dispatcher.send(Topics.REQUESTS, "r1", map(2));
        for (Job job : workers.jobs()) {
            workers.begin(job);
            workers.fail(job);
        }

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getStatus())
                .isEqualTo(ReplyStatus.FAILED);
    }

    @Test
    void aFewItemsAreOutAtATime() {
        dispatcher.send(Topics.REQUESTS, "r1", map(200));
        assertThat(workers.jobs()).hasSize(8);

        dispatcher.close();
        dispatcher = new TestDispatcher(stateDir.resolve("again"), 64, "m1:primary");
        workers = new Workers(dispatcher);
        dispatcher.send(Topics.REQUESTS, "r1", map(200));
        workers.answerAll(job -> "of " + job.getStage());

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getItems())
                .extracting(ItemResult::getText)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 200).mapToObj(i -> "of item-" + i).toList());
    }

    @Test
    void anAnswerThatNoRecordCanHoldIsStillATerminal() {
        dispatcher.send(Topics.REQUESTS, "r1", map(8));
        workers.answerAll(job -> "x".repeat(600_000));

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.FAILED);
        assertThat(reply.getError().getMessage()).contains("larger than a reply");
        assertThat(reply.getUsage().getCompletionTokens()).isEqualTo(16);
    }

    @Test
    void aReplyThatItsTopicDoesNotTakeGoesToTheTopicOfReplies() {
        dispatcher.foreignTopics.put("my.replies", 1 << 20);
        var headers =
                new RecordHeaders()
                        .add(
                                HeaderNames.REPLY_TOPIC,
                                "my.replies".getBytes(StandardCharsets.UTF_8));
        dispatcher.raw(Topics.REQUESTS, "r1", dispatcher.wire.encode(map(2)), headers);
        workers.answerAll(job -> "small");
        assertThat(dispatcher.only("my.replies", Reply.class).getRequestId()).isEqualTo("r1");

        dispatcher.raw(Topics.REQUESTS, "r2", dispatcher.wire.encode(map(2)), headers);
        workers.answerAll(job -> "x".repeat(600_000));

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getRequestId()).isEqualTo("r2");
    }

    static InferenceRequest map(int items) {
        return InferenceRequest.newBuilder()
                .setInput(
                        new MapInput(
                                List.of(new Message("system", "in one word", null)),
                                IntStream.range(0, items).mapToObj(Integer::toString).toList()))
                .setOrchestrationMode("map")
                .build();
    }
}
