package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.Failure;
import dev.brigade.client.RequestState;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.SubmitOptions;
import dev.brigade.client.TextDelta;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.RequestId;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts the followers of all clients in this process")
class EarlierRequestTest extends ClientTest {

    private static final Epoch FIRST = OtherSide.epoch(1, 1);
    private static final Epoch REDELIVERED = OtherSide.epoch(1, 2);

    @Test
    void findTellsOpenFromEndedFromUnknown() {
        String id = client.stream(ChatRequest.of("x"), new Recorded()).requestId();
        other.nextRecord();

        assertThat(client.find(id))
                .get()
                .isInstanceOfSatisfying(
                        RequestState.Open.class,
                        open -> {
                            assertThat(open.acceptedAt()).isNotNull();
                            assertThat(open.request().getDeadlineMs()).isEqualTo(120_000);
                        });
        other.reply(OtherSide.completed(id, "done"));
        assertThat(client.find(id))
                .get()
                .isInstanceOfSatisfying(
                        RequestState.Ended.class,
                        ended -> assertThat(ended.reply().getText()).isEqualTo("done"));
        assertThat(client.find(RequestId.create(System.currentTimeMillis(), 1))).isEmpty();
        assertThat(client.find("nobody-sent-this")).isEmpty();
    }

    @Test
    void findDoesNotTakeAWishToCancelForARequest() {
        String id = "never-sent-" + System.nanoTime();
        client.cancel(id).join();

        assertThat(client.find(id)).isEmpty();
    }

    @Test
    void anotherClientFollowsAnEndedRequestFromTheBeginning() {
        String id = sentByAnEarlierClient("x");
        other.chunk(id, FIRST, 0, "Hello");
        other.reply(OtherSide.completed(id, "Hello you"));
        Recorded listener = new Recorded();

        assertThat(answerOf(client.follow(id, 0, listener))).isEqualTo("Hello you");
        assertThat(listener.text()).isEqualTo("Hello you");
    }

    @Test
    void anotherClientGoesOnBehindWhatWasTaken() {
        String id = sentByAnEarlierClient("x");
        other.chunk(id, FIRST, 0, "Hel");
        other.chunk(id, FIRST, 1, "lo");
        Recorded listener = new Recorded();
        StreamHandle handle = client.follow(id, 3, listener);
        await().until(() -> listener.laterText().equals("lo"));
        other.chunk(id, FIRST, 2, " you");
        await().until(() -> listener.laterText().equals("lo you"));
        other.reply(OtherSide.completed(id, "Hello you!"));

        assertThat(answerOf(handle)).isEqualTo("Hello you!");
        assertThat(listener.laterText()).isEqualTo("lo you!");
        assertThat(listener.events()).contains(new TextDelta("lo", 5));
    }

    @Test
    void whatTheReaderNeverHadOfADeadAttemptDoesNotMatter() {
        String id = sentByAnEarlierClient("x");
        other.chunk(id, FIRST, 0, "The sky was grey");
        other.chunk(id, REDELIVERED, 0, "The sky is blue");
        other.reply(OtherSide.completed(id, "The sky is blue"));
        Recorded listener = new Recorded();

        assertThat(answerOf(client.follow(id, 7, listener))).isEqualTo("The sky is blue");
        assertThat(listener.laterText()).isEqualTo(" is blue");
    }

    @Test
    void whatTheReaderHadOfADeadAttemptMakesItLost() {
        String id = sentByAnEarlierClient("x");
        other.chunk(id, FIRST, 0, "The sky was grey");
        other.chunk(id, REDELIVERED, 0, "The sky is blue");
        other.reply(OtherSide.completed(id, "The sky is blue"));
        Recorded listener = new Recorded();

        assertThat(failureOf(client.follow(id, 10, listener)).code())
                .isEqualTo(ErrorCode.ATTEMPT_LOST);
        assertThat(listener.laterText()).isEmpty();
    }

    @Test
    void aCursorBehindTheEndIsRefused() {
        String id = sentByAnEarlierClient("x");
        other.reply(OtherSide.completed(id, "short"));

        Failure failure = failureOf(client.follow(id, 6, new Recorded()));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(failure.param()).isEqualTo("starting_after");
        assertThatThrownBy(() -> client.follow(id, -1, new Recorded()))
                .hasMessageContaining("starting_after must be 0 or more");
    }

    @Test
    void anOpenRequestOfThisClientIsFollowedWithoutAnotherReader() {
        Recorded first = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), first);
        String id = handle.requestId();
        other.chunk(id, FIRST, 0, "abc");
        await().until(() -> first.text().equals("abc"));
        Recorded second = new Recorded();
        StreamHandle again = client.follow(id, 1, second);
        await().until(() -> second.laterText().equals("bc"));
        assertThat(threads("brigade-client-follower")).isZero();
        again.detach();
        other.reply(OtherSide.completed(id, "abcd"));

        assertThat(answerOf(handle)).isEqualTo("abcd");
        assertThat(second.laterText()).isEqualTo("bc");
    }

    @Test
    void aForeignIdIsFollowedOnThePartitionOfItsKey() {
        String id = "order-" + System.nanoTime();
        try (BrigadeClient earlier = BrigadeClient.open(settings().build())) {
            earlier.submit(
                    InferenceRequest.newBuilder().setInput(new CompletionInput("x", false)).build(),
                    SubmitOptions.none().withRequestId(id));
            other.nextRecord();
        }
        other.chunk(id, FIRST, 0, "ab");
        Recorded listener = new Recorded();
        StreamHandle handle = client.follow(id, 0, listener);
        await().until(() -> listener.text().equals("ab"));
        other.reply(OtherSide.completed(id, "abc"));

        assertThat(answerOf(handle)).isEqualTo("abc");
    }

    @Test
    void anUnknownRequestIsNotFollowed() {
        String id = RequestId.create(System.currentTimeMillis(), 2);
        Recorded listener = new Recorded();

        Failure failure = failureOf(client.follow(id, 0, listener));
        assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(listener.events()).containsExactly(failure);
    }

    @Test
    void aFollowedRequestIsGivenUpAfterItsDeadlineAndGrace() {
        var settings = settings().replyGrace(Duration.ofMillis(500)).build();
        try (BrigadeClient impatient = BrigadeClient.open(settings)) {
            String id = sentByAnEarlierClient("x", Duration.ofMillis(1));

            Failure failure = failureOf(impatient.follow(id, 0, new Recorded()));
            assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(failure.outcomeKnown()).isFalse();
        }
    }

    @Test
    void pastTheLimitOfFollowedRequestsOneIsRefused() {
        try (BrigadeClient small = BrigadeClient.open(settings().maxFollowers(1).build())) {
            String one = sentByAnEarlierClient("1");
            StreamHandle followed = small.follow(one, 0, new Recorded());
            assertThatThrownBy(() -> small.follow(sentByAnEarlierClient("2"), 0, new Recorded()))
                    .isInstanceOfSatisfying(
                            BrigadeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));

            other.reply(OtherSide.completed(one, "one"));
            assertThat(answerOf(followed)).isEqualTo("one");
            await().until(() -> threads("brigade-client-follower") == 0);
            String three = sentByAnEarlierClient("3");
            other.reply(OtherSide.completed(three, "three"));
            assertThat(answerOf(small.follow(three, 0, new Recorded()))).isEqualTo("three");
        }
    }

    @Test
    void aDuplicateGetsTheAnswerOfItsOriginal() {
        String original = sentByAnEarlierClient("x");
        Recorded listener = new Recorded();
        StreamHandle handle =
                client.stream(
                        ChatRequest.builder().user("x").idempotencyKey("key-1").build(), listener);
        other.reply(duplicate(handle.requestId(), original));
        other.chunk(original, FIRST, 0, "ab");
        await().until(() -> listener.text().equals("ab"));
        other.reply(OtherSide.completed(original, "abc"));

        assertThat(answerOf(handle)).isEqualTo("abc");
        assertThat(handle.answer().join().requestId()).isEqualTo(original);
        assertThat(listener.text()).isEqualTo("abc");
        assertThat(client.openRequests()).isZero();
    }

    @Test
    void duplicatesThatPointAtEachOtherEnd() {
        String one = sentByAnEarlierClient("1");
        String two = sentByAnEarlierClient("2");
        other.reply(duplicate(one, two));
        other.reply(duplicate(two, one));

        assertThat(failureOf(client.follow(one, 0, new Recorded())).code())
                .isEqualTo(ErrorCode.DUPLICATE_REQUEST);
    }

    private static dev.brigade.schema.Reply duplicate(String id, String original) {
        return OtherSide.reply(id, ReplyStatus.REJECTED)
                .setError(
                        new ReplyError(
                                "duplicate_request", "seen before", "idempotency_key", false))
                .setOriginalRequestId(original)
                .build();
    }

    private String sentByAnEarlierClient(String question) {
        return sentByAnEarlierClient(question, Duration.ofSeconds(100));
    }

    private String sentByAnEarlierClient(String question, Duration deadline) {
        try (BrigadeClient earlier = BrigadeClient.open(settings().build())) {
            ChatRequest chat = ChatRequest.builder().user(question).deadline(deadline).build();
            earlier.stream(chat, new Recorded());
            return other.nextRecord().key();
        }
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }
}
