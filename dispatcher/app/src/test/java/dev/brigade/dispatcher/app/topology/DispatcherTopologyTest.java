package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.UsageRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processors with their stores, without a broker: what goes in and what comes out. */
final class DispatcherTopologyTest {

    private static final Epoch FIRST = new Epoch(1, 1, "attempt-1");

    @TempDir Path stateDir;

    private TestDispatcher dispatcher;
    private Workers workers;

    @BeforeEach
    void start() {
        dispatcher = new TestDispatcher(stateDir, 1, "m1:primary");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void aRequestBecomesAJobAndItsResultTheOneTerminal() {
        dispatcher.send(Topics.REQUESTS, "r1", request());
        Job job = workers.job();
        assertThat(job.getRequestId()).isEqualTo("r1");
        assertThat(job.getBudgetMs()).isBetween(1L, 120_000L);

        workers.begin(job);
        workers.finish(job, "the answer");
        workers.finish(job, "the answer");

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(reply.getText()).isEqualTo("the answer");
        assertThat(reply.getEpoch()).isEqualTo(FIRST);
        assertThat(
                        dispatcher
                                .only(Topics.USAGE, UsageRecord.class)
                                .getUsage()
                                .getCompletionTokens())
                .isEqualTo(2);
    }

    @Test
    void theSecondJobWaitsUntilTheFirstIsDone() {
        dispatcher.send(Topics.REQUESTS, "r1", request());
        dispatcher.send(Topics.REQUESTS, "r2", request());
        Job first = workers.job();

        dispatcher.send(Topics.QUEUE, "m1", new QueueEvent("m1", new JobDone(first.getJobId())));

        assertThat(workers.job().getRequestId()).isEqualTo("r2");
    }

    @Test
    void aRequestOutOfTimeExpiresAndItsWorkerIsTold() {
        dispatcher.send(Topics.REQUESTS, "r1", request());
        Job job = workers.job();
        workers.begin(job);

        dispatcher.advance(Duration.ofSeconds(40));
        assertThat(dispatcher.records(Topics.REPLIES)).isEmpty();
        workers.begin(job);
        dispatcher.advance(Duration.ofSeconds(81));

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getStatus())
                .isEqualTo(ReplyStatus.EXPIRED);
        assertThat(dispatcher.only(Topics.CONTROL, ControlCommand.class).getCommand()).isNotNull();
    }

    @Test
    void anAttemptWithoutASignOfLifeIsDispatchedAgain() {
        dispatcher.send(Topics.REQUESTS, "r1", request());
        assertThat(workers.job().getDispatch()).isEqualTo(1);

        dispatcher.advance(Duration.ofSeconds(46));

        assertThat(workers.job().getDispatch()).isEqualTo(2);
    }

    @Test
    void aCancelledRequestEndsAtOnceAndASecondCancelSaysNothing() {
        dispatcher.send(Topics.REQUESTS, "r1", request());
        dispatcher.send(Topics.REQUESTS, "r1", new CancelRequest(null));
        dispatcher.send(Topics.REQUESTS, "r1", new CancelRequest(null));

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getStatus())
                .isEqualTo(ReplyStatus.CANCELLED);
    }

    @Test
    void undecodableBytesAreKeptUntouchedAndRejected() {
        byte[] garbage = {0, 0, 0, 0, 99, 1, 2};
        dispatcher.raw(Topics.REQUESTS, "bad", garbage);

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.REJECTED);
        assertThat(reply.getError().getCode()).isEqualTo("unknown_schema");
        TestRecord<String, byte[]> letter = dispatcher.records(Topics.DEAD_LETTERS).getFirst();
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(TestDispatcher.text(letter, HeaderNames.REASON)).isEqualTo("unknown_schema");
        assertThat(TestDispatcher.text(letter, HeaderNames.DLT_ORIGINAL_TOPIC))
                .isEqualTo(Topics.REQUESTS);
    }

    @Test
    void anUndecodableRecordWithAnOpenRequestsKeyDoesNotEndThatRequest() {
        dispatcher.send(Topics.REQUESTS, "r1", request());
        dispatcher.raw(Topics.REQUESTS, "r1", new byte[] {1});

        assertThat(dispatcher.records(Topics.REPLIES)).isEmpty();
        assertThat(dispatcher.records(Topics.DEAD_LETTERS)).hasSize(1);
    }

    @Test
    void aRecordWithoutAKeyGetsAnIdMadeOfItsPlace() {
        dispatcher.raw(Topics.REQUESTS, null, dispatcher.wire.encode(request()));

        assertThat(workers.job().getRequestId()).startsWith("r-inference.requests-0-");
    }

    @Test
    void aTopicOfTheSystemIsNoReplyTopic() {
        dispatcher.raw(
                Topics.REQUESTS,
                "r1",
                dispatcher.wire.encode(request()),
                new RecordHeaders()
                        .add(
                                HeaderNames.REPLY_TOPIC,
                                Topics.QUEUE.getBytes(StandardCharsets.UTF_8)));

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getError().getParam()).isEqualTo(HeaderNames.REPLY_TOPIC);
        assertThat(workers.jobs()).isEmpty();
    }

    @Test
    void anInputThatNoModelCanWorkOnIsRejectedByName() {
        InferenceRequest image =
                InferenceRequest.newBuilder(request())
                        .setInput(ImageInput.newBuilder().setPath("picture.png").build())
                        .build();
        dispatcher.send(Topics.REQUESTS, "r1", image);

        assertThat(dispatcher.only(Topics.REPLIES, Reply.class).getError().getCode())
                .isEqualTo("no_capable_model");
    }

    @Test
    void theSecondRequestWithAnIdempotencyKeyIsPointedToTheFirst() {
        InferenceRequest keyed =
                InferenceRequest.newBuilder(request()).setIdempotencyKey("order-1").build();
        dispatcher.send(Topics.REQUESTS, "r1", keyed);
        dispatcher.send(Topics.REQUESTS, "r2", keyed);
        InferenceRequest otherTenant =
                InferenceRequest.newBuilder(keyed).setTenant("other").build();
        dispatcher.send(Topics.REQUESTS, "r3", otherTenant);

        Reply reply = dispatcher.only(Topics.REPLIES, Reply.class);
        assertThat(reply.getRequestId()).isEqualTo("r2");
        assertThat(reply.getError().getCode()).isEqualTo("duplicate_request");
        assertThat(reply.getOriginalRequestId()).isEqualTo("r1");
    }

    @Test
    void anIdempotencyKeyIsFreeAgainAfterADay() {
        InferenceRequest keyed =
                InferenceRequest.newBuilder(request()).setIdempotencyKey("order-1").build();
        dispatcher.send(Topics.REQUESTS, "r1", keyed);
        dispatcher.advance(Duration.ofHours(25));
        dispatcher.records(Topics.REPLIES);
        dispatcher.send(Topics.REQUESTS, "r2", keyed);

        assertThat(dispatcher.records(Topics.REPLIES)).isEmpty();
    }

    private static InferenceRequest request() {
        return Workers.chat().build();
    }
}
