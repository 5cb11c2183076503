package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.CompletionRequest;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.SubmitOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.request.ReplyPartition;
import dev.brigade.contract.request.RequestId;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RequestAndAnswerTest extends ClientTest {

    @Test
    void aChatIsPublishedAsTheContractSaysAndItsReplyIsTheAnswer() throws Exception {
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() ->
                        client.chat(
                                ChatRequest.builder()
                                        .system("Be brief.")
                                        .user("What is Kafka?")
                                        .model("fast")
                                        .temperature(0)
                                        .build()));
        ConsumerRecord<String, byte[]> record = other.nextRecord();
        InferenceRequest request = other.decode(record, InferenceRequest.class);
        assertThat(RequestId.parse(record.key()))
                .hasValueSatisfying(
                        id -> assertThat(id.replyPartition()).isLessThan(SharedBroker.PARTITIONS));
        assertThat(record.partition())
                .isEqualTo(ReplyPartition.ofKey(record.key(), SharedBroker.PARTITIONS));
        assertThat(request.getDeadlineMs()).isEqualTo(120_000);
        assertThat(request.getStream()).isFalse();
        assertThat(request.getModel()).isEqualTo("fast");
        assertThat(((ChatInput) request.getInput()).getMessages())
                .extracting(m -> m.getRole() + ": " + m.getContent())
                .containsExactly("system: Be brief.", "user: What is Kafka?");

        other.reply(OtherSide.completed(record.key(), "A log."));

        Answer given = answer.get();
        assertThat(given.requestId()).isEqualTo(record.key());
        assertThat(given.text()).isEqualTo("A log.");
        assertThat(given.model()).isEqualTo("m");
        assertThat(given.finishReason()).isEqualTo("stop");
        assertThat(given.promptTokens()).isEqualTo(3);
        assertThat(given.completionTokens()).isEqualTo(4);
        await().until(() -> client.openRequests() == 0);
    }

    @Test
    void aCompletionIsAnsweredToo() {
        CompletableFuture<Answer> answer = client.send(CompletionRequest.of("Once upon"));
        ConsumerRecord<String, byte[]> record = other.nextRecord();
        InferenceRequest request = other.decode(record, InferenceRequest.class);
        assertThat(request.getInput()).isEqualTo(new CompletionInput("Once upon", false));

        other.reply(OtherSide.completed(record.key(), " a time"));

        assertThat(answer.join().text()).isEqualTo(" a time");
    }

    @Test
    void arefusedFieldIsNamedAndNothingIsSent() {
        ChatRequest hot = ChatRequest.builder().user("x").temperature(3).build();

        assertThatThrownBy(() -> client.chat(hot))
                .isInstanceOfSatisfying(
                        BrigadeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                            assertThat(e.failure().param()).isEqualTo("temperature");
                        });
        assertThatThrownBy(() -> client.send(ChatRequest.builder().build()))
                .hasMessageContaining("messages must hold 1 to");
        assertThat(other.hasMore()).isFalse();
        assertThat(client.openRequests()).isZero();
    }

    @Test
    void aRequestLargerThanARecordIsRefused() {
        StreamHandle handle = client.stream(ChatRequest.of("x".repeat(5_000_000)), new Recorded());

        Failure failure = failureOf(handle);
        assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
        assertThat(failure.outcomeKnown()).isTrue();
        assertThat(client.openRequests()).isZero();
    }

    @Test
    void aFailureOfTheDispatcherComesWithCodeParamAndMessage() {
        Recorded listener = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
        String id = other.nextRecord().key();
        other.reply(
                OtherSide.reply(id, ReplyStatus.REJECTED)
                        .setError(new ReplyError("model_not_found", "no model 'x'", "model", false))
                        .build());

        Failure failure = failureOf(handle);
        assertThat(failure.requestId()).isEqualTo(id);
        assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(failure.message()).isEqualTo("no model 'x'");
        assertThat(failure.param()).isEqualTo("model");
        assertThat(failure.outcomeKnown()).isTrue();
        assertThat(listener.events()).containsExactly(failure);
    }

    @Test
    void cancelFollowsTheRequestOnItsPartition() {
        StreamHandle handle = client.stream(ChatRequest.of("x"), new Recorded());
        ConsumerRecord<String, byte[]> request = other.nextRecord();

        handle.cancel().join();

        ConsumerRecord<String, byte[]> cancel = other.nextRecord();
        assertThat(cancel.key()).isEqualTo(request.key());
        assertThat(cancel.partition()).isEqualTo(request.partition());
        assertThat(cancel.offset()).isGreaterThan(request.offset());
        assertThat(other.decode(cancel, CancelRequest.class).getReason()).isNull();
        other.reply(
                OtherSide.reply(request.key(), ReplyStatus.CANCELLED)
                        .setError(new ReplyError("cancelled", "cancelled", null, false))
                        .build());
        assertThat(failureOf(handle).code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void ownIdAndTraceContextAreSentAndAnyReplyPartitionIsRead() {
        InferenceRequest request =
                InferenceRequest.newBuilder().setInput(new CompletionInput("x", false)).build();
        for (int i = 0; i < 8; i++) {
            String id = "order-" + System.nanoTime() + "-" + i;
            StreamHandle handle =
                    client.submit(
                            request,
                            SubmitOptions.none().withRequestId(id).withTraceparent("00-ab-cd-01"),
                            new Recorded());
            ConsumerRecord<String, byte[]> record = other.nextRecord();
            assertThat(record.key()).isEqualTo(id);
            assertThat(record.headers().lastHeader(HeaderNames.TRACEPARENT).value())
                    .isEqualTo("00-ab-cd-01".getBytes(StandardCharsets.UTF_8));
            other.chunk(id, OtherSide.epoch(1, 1), 0, "a");
            other.reply(OtherSide.completed(id, "ab"));

            assertThat(answerOf(handle)).isEqualTo("ab");
        }
    }

    @Test
    void anIdThatIsOpenAlreadyIsRefused() {
        InferenceRequest request =
                InferenceRequest.newBuilder().setInput(new CompletionInput("x", false)).build();
        SubmitOptions same = SubmitOptions.none().withRequestId("twice-" + System.nanoTime());
        client.submit(request, same);

        assertThatThrownBy(() -> client.submit(request, same))
                .hasMessageContaining("a request with this id is open");
        assertThat(client.openRequests()).isEqualTo(1);
    }

    @Test
    void pastTheLimitOfOpenRequestsOneIsRefusedUntilOneEnds() {
        try (BrigadeClient small = BrigadeClient.open(settings().maxOpenRequests(2).build())) {
            StreamHandle one = small.stream(ChatRequest.of("1"), new Recorded());
            StreamHandle two = small.stream(ChatRequest.of("2"), new Recorded());
            assertThatThrownBy(() -> small.send(ChatRequest.of("3")))
                    .isInstanceOfSatisfying(
                            BrigadeException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
                                assertThat(e.failure().retriable()).isTrue();
                            });

            other.reply(OtherSide.completed(one.requestId(), "1"));
            assertThat(answerOf(one)).isEqualTo("1");
            StreamHandle three = small.stream(ChatRequest.of("3"), new Recorded());
            other.reply(OtherSide.completed(two.requestId(), "2"));
            other.reply(OtherSide.completed(three.requestId(), "3"));
            assertThat(answerOf(two)).isEqualTo("2");
            assertThat(answerOf(three)).isEqualTo("3");
        }
    }

    @Test
    void withoutATerminalARequestIsGivenUpAfterDeadlineAndGrace() {
        var settings = settings().replyGrace(Duration.ofMillis(300)).build();
        try (BrigadeClient impatient = BrigadeClient.open(settings)) {
            StreamHandle handle =
                    impatient.stream(
                            ChatRequest.builder()
                                    .user("x")
                                    .deadline(Duration.ofMillis(200))
                                    .build(),
                            new Recorded());

            Failure failure = failureOf(handle);
            assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(failure.outcomeKnown()).isFalse();
            assertThat(failure.message()).contains("within 500 ms").contains("find");
            assertThat(impatient.openRequests()).isZero();
        }
    }

    @Test
    void garbageAndOtherPeoplesRecordsDoNotDisturbTheReader() {
        StreamHandle handle = client.stream(ChatRequest.of("x"), new Recorded());
        String id = other.nextRecord().key();
        int partition = RequestId.parse(id).orElseThrow().replyPartition();
        other.publishBytes("inference.tokens", partition, "someone-else", new byte[] {1, 2});
        other.publishBytes("inference.tokens", partition, id, new byte[] {0, 0, 0, 0, 99, 1});
        other.publishBytes("inference.replies", partition, "someone-else", new byte[0]);
        other.reply(OtherSide.completed(id, "fine"));

        assertThat(answerOf(handle)).isEqualTo("fine");
    }

    @Test
    void aReplyThatCannotBeReadFailsItsRequestOnly() {
        StreamHandle bad = client.stream(ChatRequest.of("x"), new Recorded());
        StreamHandle good = client.stream(ChatRequest.of("y"), new Recorded());
        String id = bad.requestId();
        int partition = RequestId.parse(id).orElseThrow().replyPartition();
        other.publishBytes("inference.replies", partition, id, new byte[] {0, 0, 0, 0, 99});
        other.reply(OtherSide.completed(good.requestId(), "fine"));

        Failure failure = failureOf(bad);
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(failure.outcomeKnown()).isFalse();
        assertThat(answerOf(good)).isEqualTo("fine");
    }
}
