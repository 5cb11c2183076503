package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;

/** Requests of one stage: taken, refused, claimed, answered, ended. */
final class SingleScripts extends Scripts {

    private static final String[] ENQUEUED = {"enqueue r/answer/1 on primary", "timer 120000"};

    SingleScripts() {
        answers();
        refusals();
        ends();
        claims();
        redeliveries();
    }

    private static Saga arrived(Saga saga) {
        return saga.given(request("r")).expect(ENQUEUED);
    }

    static Event.Unusable unusable(Code code) {
        return new Event.Unusable(
                "r", Failure.of(code, "no use"), new ReplyTo("replies", 0, Map.of()), 0);
    }

    private static void strays(Saga s) {
        s.given(request("r").model("nobody")).expectNothing();
        s.given(new Event.ClaimGranted("r", Optional.empty())).expectNothing();
        s.given(new Event.ClaimRefused("r", "r0")).expectNothing();
        s.given(unusable(Code.UNKNOWN_SCHEMA)).expect("dead letter unknown_schema");
    }

    private void answers() {
        script(
                "a request is dispatched, run and answered",
                s -> {
                    arrived(s).at(10).released(1).expect("timer 45010");
                    s.at(20).started(1, 1).expectNothing();
                    s.at(5_000).progressed(1, 1).expectNothing();
                    s.at(9_000)
                            .finished(1, 1)
                            .expect(
                                    "free r/answer/1 on primary",
                                    "reply COMPLETED text of 1.1",
                                    "usage 7+3",
                                    "timer 3609000");
                    Reply reply = s.reply();
                    Assertions.assertThat(reply.queueMs()).isEqualTo(OptionalLong.of(20));
                    Assertions.assertThat(reply.metadata()).containsEntry("project", "tests");
                    Assertions.assertThat(reply.model()).contains("primary");
                    Assertions.assertThat(reply.stage()).contains("answer");
                    Assertions.assertThat(reply.replyTo().partition()).isEqualTo(2);
                    Assertions.assertThat(reply.report().orElseThrow().modelsUsed())
                            .containsExactly("primary");
                });
        script(
                "an answer without any earlier sign of its attempt is taken",
                s -> {
                    arrived(s);
                    s.finished(1, 1)
                            .expect(
                                    "free r/answer/1 on primary",
                                    "reply COMPLETED text of 1.1",
                                    "usage 7+3",
                                    "timer 3600000");
                });
        script(
                "an answer is taken from a released job whose start was lost",
                s -> {
                    arrived(s).released(1).finished(1, 1).expectLife(Lifecycle.Closed.class);
                });
        script(
                "progress alone shows that an attempt runs",
                s -> {
                    arrived(s).progressed(1, 1).expect("timer 45000");
                });
        script(
                "progress of a released job shows that an attempt runs",
                s -> {
                    arrived(s).released(1).progressed(1, 1).expectNothing();
                });
        script(
                "a start before the release is known is a start",
                s -> {
                    arrived(s).started(1, 1).expect("timer 45000");
                    s.released(1).expectNothing();
                });
    }

    private void refusals() {
        script(
                "an unknown model is refused, never replaced",
                s ->
                        s.given(request("r").model("nobody"))
                                .expect("reply REJECTED model_not_found", "timer 3600000"));
        script(
                "a known model without a worker waits in its queue",
                s -> {
                    Fleet asleep =
                            new TestingFleet().with("primary", List.of("primary"), 0, 0).build();
                    s.fleet(asleep).given(request("r").model("primary")).expect(ENQUEUED);
                });
        script(
                "single by name is not refused",
                s -> s.given(request("r").mode("single")).expect(ENQUEUED));
        script(
                "a request past its deadline expires and does no work",
                s ->
                        s.at(120_000)
                                .given(request("r"))
                                .expect("reply EXPIRED deadline_exceeded", "timer 3720000"));
        script(
                "a full queue rejects",
                s ->
                        arrived(s)
                                .refused(1, Code.QUEUE_FULL)
                                .expect("reply REJECTED queue_full", "timer 3600000"));
        script(
                "a full queue after an attempt is a failure",
                s -> {
                    arrived(s).running(1).failed(1, 1, Code.ENGINE_ERROR, true);
                    s.refused(2, Code.QUEUE_FULL)
                            .expect("reply FAILED queue_full", "usage 0+0", "timer 3600000");
                });
        script(
                "an unusable record is a dead letter and a rejection",
                s -> {
                    s.given(unusable(Code.UNDECODABLE_RECORD))
                            .expect(
                                    "dead letter undecodable_record",
                                    "reply REJECTED undecodable_record",
                                    "timer 3600000");
                    s.given(request("r")).expectNothing();
                    s.given(unusable(Code.NULL_VALUE)).expect("dead letter null_value");
                });
        script(
                "a task of a later version is rejected and no dead letter",
                s ->
                        s.given(unusable(Code.UNSUPPORTED_TASK))
                                .expect("reply REJECTED unsupported_task", "timer 3600000"));
    }

    private void ends() {
        script(
                "the deadline ends a waiting request",
                s ->
                        arrived(s)
                                .at(120_000)
                                .timer()
                                .expect(
                                        "withdraw r/answer/1 on primary: expired",
                                        "reply EXPIRED deadline_exceeded",
                                        "usage 0+0",
                                        "timer 3720000"));
        script(
                "the deadline ends a released request",
                s -> arrived(s).released(1).at(120_000).timer().expectLife(Lifecycle.Closed.class));
        script(
                "an answer at the deadline is too late",
                s ->
                        arrived(s)
                                .running(1)
                                .at(120_000)
                                .finished(1, 1)
                                .expect(
                                        "withdraw r/answer/1 on primary: expired",
                                        "stop all of r",
                                        "reply EXPIRED deadline_exceeded",
                                        "usage 0+0",
                                        "timer 3720000"));
        script(
                "a cancel takes a waiting job out of its queue",
                s ->
                        arrived(s)
                                .cancelled()
                                .expect(
                                        "withdraw r/answer/1 on primary: cancelled",
                                        "reply CANCELLED cancelled",
                                        "usage 0+0",
                                        "timer 3600000"));
        script(
                "a cancel stops a released job",
                s ->
                        arrived(s)
                                .released(1)
                                .cancelled()
                                .expect(
                                        "withdraw r/answer/1 on primary: cancelled",
                                        "stop all of r",
                                        "reply CANCELLED cancelled",
                                        "usage 0+0",
                                        "timer 3600000"));
        script(
                "a cancel stops a running attempt",
                s ->
                        arrived(s)
                                .running(1)
                                .cancelled()
                                .expect(
                                        "withdraw r/answer/1 on primary: cancelled",
                                        "stop all of r",
                                        "reply CANCELLED cancelled",
                                        "usage 0+0",
                                        "timer 3600000"));
        script(
                "a closed request is forgotten when its tombstone is old",
                s -> {
                    arrived(s).cancelled();
                    s.at(3_599_999).timer().expect("timer 3600000");
                    s.at(3_600_000).timer().expectNothing().expectLife(Lifecycle.Unseen.class);
                });
    }

    private void claims() {
        script(
                "an idempotency key is claimed before any work",
                s -> {
                    s.given(request("r").idempotencyKey("k"))
                            .expect("claim acme|k", "timer 120000");
                    s.given(request("r")).expectNothing();
                    s.timer().expect("timer 120000");
                    s.given(unusable(Code.NULL_VALUE)).expect("dead letter null_value");
                    s.given(new Event.ClaimGranted("r", Optional.empty()))
                            .expect("enqueue r/answer/1 on primary");
                    s.given(new Event.ClaimGranted("r", Optional.empty())).expectNothing();
                });
        script(
                "a refused claim names the earlier request",
                s -> {
                    s.given(request("r").idempotencyKey("k"));
                    s.given(new Event.ClaimRefused("r", "r0"))
                            .expect("reply REJECTED duplicate_request", "timer 3600000");
                    Assertions.assertThat(s.reply().originalRequestId()).contains("r0");
                });
        script(
                "a claim that our own earlier claim refuses is granted",
                s -> {
                    s.given(request("r").idempotencyKey("k"));
                    s.given(new Event.ClaimRefused("r", "r"))
                            .expect("enqueue r/answer/1 on primary");
                });
        script(
                "a cancel ends a request that waits for its key",
                s -> {
                    s.given(request("r").idempotencyKey("k"));
                    s.cancelled().expect("reply CANCELLED cancelled", "usage 0+0", "timer 3600000");
                });
        script(
                "the deadline ends a request that waits for its key",
                s -> {
                    s.given(request("r").idempotencyKey("k")).at(120_000);
                    s.timer()
                            .expect(
                                    "reply EXPIRED deadline_exceeded",
                                    "usage 0+0",
                                    "timer 3720000");
                });
        script(
                "a refused request claims nothing",
                s ->
                        s.given(request("r").idempotencyKey("k").model("nobody"))
                                .expect("reply REJECTED model_not_found", "timer 3600000"));
    }

    private void redeliveries() {
        script(
                "a request's record read again changes nothing, wherever it stands",
                s -> {
                    arrived(s);
                    strays(s);
                    s.released(1);
                    strays(s);
                    s.released(1).expectNothing();
                    s.at(1).timer().expect("timer 45000");
                    s.started(1, 1);
                    strays(s);
                    s.finished(1, 1);
                    strays(s);
                });
        script(
                "strays before any request are ignored",
                s -> {
                    s.given(new Event.ClaimGranted("r", Optional.empty())).expectNothing();
                    s.given(new Event.ClaimRefused("r", "r0")).expectNothing();
                });
    }
}
