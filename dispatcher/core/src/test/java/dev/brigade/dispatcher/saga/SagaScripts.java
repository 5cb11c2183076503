package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/** What a request lives through, as scripts. The table test runs the same scripts. */
final class SagaScripts {

    private static final String[] ENQUEUED = {"enqueue r/answer/1 on primary", "timer 120000"};

    private final Map<String, Consumer<Saga>> scripts = new LinkedHashMap<>();

    private SagaScripts() {
        answers();
        refusals();
        staleAttempts();
        failures();
        silence();
        ends();
        claims();
        redeliveries();
    }

    static Map<String, Consumer<Saga>> all() {
        return new SagaScripts().scripts;
    }

    private void script(String name, Consumer<Saga> script) {
        scripts.put(name, script);
    }

    private static Saga arrived(Saga saga) {
        return saga.given(request("r")).expect(ENQUEUED);
    }

    private static Event.Unusable unusable(Code code) {
        return new Event.Unusable(
                "r", Failure.of(code, "no use"), new ReplyTo("replies", 0, Map.of()), 0);
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
                "another mode than single is refused",
                s ->
                        s.given(request("r").mode("debate"))
                                .expect("reply REJECTED unsupported_mode", "timer 3600000"));
        script(
                "single by name is not refused",
                s -> s.given(request("r").mode("single")).expect(ENQUEUED));
        script(
                "a preset is refused",
                s ->
                        s.given(request("r").preset("D1"))
                                .expect("reply REJECTED unsupported_mode", "timer 3600000"));
        script(
                "embeddings are refused",
                s ->
                        s.given(
                                        request("r")
                                                .input(
                                                        new Input.Embedding(
                                                                List.of("a"), OptionalInt.empty())))
                                .expect("reply REJECTED unsupported_task", "timer 3600000"));
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

    private void staleAttempts() {
        script(
                "a newer delivery supersedes a running one",
                s -> {
                    arrived(s).running(1).started(1, 2).expect("stop r/answer/1 but a12");
                    s.finished(1, 1).expectNothing();
                    s.failed(1, 1, Code.ENGINE_ERROR, false).expectNothing();
                    s.progressed(1, 1).expect("stop r/answer/1 but a12");
                    s.finished(1, 2).expectLife(Lifecycle.Closed.class);
                    Assertions.assertThat(s.reply().answer().orElseThrow().epoch().attemptId())
                            .isEqualTo("a12");
                });
        script(
                "of two deliveries with one number the first seen stays",
                s -> {
                    arrived(s).running(1);
                    s.given(new Event.AttemptStarted(Saga.attempt(new Epoch(1, 1, "other"))))
                            .expect("stop r/answer/1 but a11");
                });
        script(
                "a repeated start is a sign of life",
                s -> {
                    arrived(s).running(1).at(40_000).started(1, 1).expectNothing();
                    s.at(45_000).timer().expect("timer 85000");
                });
        script(
                "an attempt of an earlier dispatch is told to stop and changes nothing",
                s -> {
                    arrived(s).running(1).failed(1, 1, Code.ENGINE_ERROR, true);
                    s.started(1, 2).expect("stop r/answer/1");
                    s.progressed(1, 1).expect("stop r/answer/1");
                    s.finished(1, 2).expectNothing();
                    s.failed(1, 2, Code.ENGINE_ERROR, false).expectNothing();
                    s.released(1).expectNothing();
                    s.refused(1, Code.QUEUE_FULL).expectNothing();
                    s.released(2).finished(1, 1).expectNothing();
                    s.progressed(1, 1).expect("stop r/answer/1");
                    s.started(1, 3).expect("stop r/answer/1");
                    s.failed(1, 3, Code.ENGINE_ERROR, false).expectNothing();
                    s.refused(2, Code.QUEUE_FULL).expectNothing();
                    s.started(2, 1).expectNothing();
                    s.refused(2, Code.QUEUE_FULL).expectNothing();
                    s.finished(2, 1).expectLife(Lifecycle.Closed.class);
                });
        script(
                "attempts of closed and of unknown requests are told to stop",
                s -> {
                    s.started(1, 1).expect("stop r/answer/1").expectLife(Lifecycle.Unseen.class);
                    s.progressed(1, 1).expect("stop r/answer/1");
                    s.finished(1, 1).expectNothing();
                    s.failed(1, 1, Code.ENGINE_ERROR, true).expectNothing();
                    s.released(1).expectNothing();
                    s.refused(1, Code.QUEUE_FULL).expectNothing();
                    s.timer().expectNothing();
                    s.cancelled().expectNothing();
                    arrived(s).cancelled();
                    s.started(1, 1).expect("stop r/answer/1").expectLife(Lifecycle.Closed.class);
                    s.progressed(1, 1).expect("stop r/answer/1");
                    s.finished(1, 1).expectNothing();
                    s.failed(1, 1, Code.ENGINE_ERROR, true).expectNothing();
                    s.released(1).expectNothing();
                    s.refused(1, Code.QUEUE_FULL).expectNothing();
                    s.cancelled().expectNothing();
                });
    }

    private void failures() {
        script(
                "a retriable failure is dispatched anew, at most three times",
                s -> {
                    s.given(request("r").model("primary")).expect(ENQUEUED);
                    s.running(1)
                            .failed(1, 1, Code.ENGINE_ERROR, true)
                            .expect("free r/answer/1 on primary", "enqueue r/answer/2 on primary");
                    s.failed(2, 1, Code.ENGINE_ERROR, true)
                            .expect("free r/answer/2 on primary", "enqueue r/answer/3 on primary");
                    s.released(3)
                            .failed(3, 1, Code.ENGINE_ERROR, true)
                            .expect(
                                    "free r/answer/3 on primary",
                                    "reply FAILED attempts_exhausted",
                                    "usage 0+0",
                                    "timer 3600000");
                });
        script(
                "a retriable failure of a released job is dispatched anew",
                s ->
                        arrived(s)
                                .released(1)
                                .failed(1, 1, Code.WORKER_STOPPING, true)
                                .expect(
                                        "free r/answer/1 on primary",
                                        "enqueue r/answer/2 on quick"));
        script(
                "a chosen model yields to a live alternative that was not tried",
                s -> {
                    s.given(request("r").role("fast"))
                            .expect("enqueue r/answer/1 on quick", "timer 120000");
                    s.failed(1, 1, Code.ENGINE_ERROR, true)
                            .expect("free r/answer/1 on quick", "enqueue r/answer/2 on spare");
                    s.failed(2, 1, Code.ENGINE_ERROR, true)
                            .expect("free r/answer/2 on spare", "enqueue r/answer/3 on primary");
                });
        script(
                "an alternative that is down is passed over",
                s -> {
                    s.given(request("r").role("fast"));
                    Fleet later =
                            new TestingFleet()
                                    .with("primary", List.of("primary"), 4, 0)
                                    .with("quick", List.of("fast"), 0, 0)
                                    .with("spare", List.of("fast"), 0, 0)
                                    .build();
                    s.fleet(later)
                            .failed(1, 1, Code.ENGINE_ERROR, true)
                            .expect("free r/answer/1 on quick", "enqueue r/answer/2 on primary");
                });
        script(
                "with no alternative up the same model is asked again",
                s -> {
                    s.given(request("r").role("fast"));
                    s.fleet(new TestingFleet().with("quick", List.of("fast"), 0, 0).build())
                            .failed(1, 1, Code.ENGINE_ERROR, true)
                            .expect("free r/answer/1 on quick", "enqueue r/answer/2 on quick");
                });
        script(
                "a final failure ends the request",
                s ->
                        arrived(s)
                                .running(1)
                                .failed(1, 1, Code.CONTEXT_LENGTH_EXCEEDED, false)
                                .expect(
                                        "free r/answer/1 on primary",
                                        "reply FAILED context_length_exceeded",
                                        "usage 0+0",
                                        "timer 3600000"));
        script(
                "a worker's own deadline or cancel is not the request's end",
                s -> {
                    arrived(s)
                            .running(1)
                            .failed(1, 1, Code.DEADLINE_EXCEEDED, false)
                            .expect("free r/answer/1 on primary", "enqueue r/answer/2 on quick");
                    s.failed(2, 1, Code.CANCELLED, false)
                            .expect("free r/answer/2 on quick", "enqueue r/answer/3 on spare");
                });
        script(
                "the second engine crash makes a dead letter",
                s -> {
                    arrived(s)
                            .running(1)
                            .crashed(1, 1)
                            .expect("free r/answer/1 on primary", "enqueue r/answer/2 on quick");
                    s.crashed(2, 1)
                            .expect(
                                    "free r/answer/2 on quick",
                                    "dead letter engine_crashed",
                                    "reply FAILED engine_crashed",
                                    "usage 0+0",
                                    "timer 3600000");
                });
        script(
                "a sixth attempt is not allowed",
                s -> {
                    arrived(s).running(1);
                    for (int delivery = 2; delivery <= 5; delivery++) {
                        s.started(1, delivery).expect("stop r/answer/1 but a1" + delivery);
                    }
                    s.started(1, 6)
                            .expect(
                                    "stop r/answer/1 but a16",
                                    "withdraw r/answer/1 on primary: closed",
                                    "stop r/answer/1",
                                    "reply FAILED attempts_exhausted",
                                    "usage 0+0",
                                    "timer 3600000");
                });
        script(
                "a sixth attempt that shows itself by progress is not allowed",
                s -> {
                    arrived(s).running(1).started(1, 2).started(1, 3).started(1, 4).started(1, 5);
                    s.progressed(1, 6).expectLife(Lifecycle.Closed.class);
                });
        script(
                "a failed fifth attempt is the last",
                s -> {
                    arrived(s).running(1).started(1, 2).started(1, 3).started(1, 4).started(1, 5);
                    s.failed(1, 5, Code.ENGINE_ERROR, true)
                            .expect(
                                    "free r/answer/1 on primary",
                                    "reply FAILED attempts_exhausted",
                                    "usage 0+0",
                                    "timer 3600000");
                });
    }

    private void silence() {
        script(
                "a silent attempt is replaced, its model kept while it is up",
                s -> {
                    arrived(s)
                            .at(1_000)
                            .released(1)
                            .started(1, 1)
                            .at(45_999)
                            .timer()
                            .expect("timer 46000");
                    s.at(46_000)
                            .timer()
                            .expect(
                                    "withdraw r/answer/1 on primary: replaced",
                                    "stop r/answer/1",
                                    "enqueue r/answer/2 on primary",
                                    "timer 120000");
                });
        script(
                "a silent release is replaced, on another model when its own is down",
                s -> {
                    arrived(s).released(1);
                    s.fleet(new TestingFleet().with("quick", List.of("fast"), 1, 0).build())
                            .at(45_000)
                            .timer()
                            .expect(
                                    "withdraw r/answer/1 on primary: replaced",
                                    "stop r/answer/1",
                                    "enqueue r/answer/2 on quick",
                                    "timer 120000");
                });
        script(
                "signs of life put the watchdog off",
                s -> {
                    arrived(s).running(1).at(30_000).progressed(1, 1).expectNothing();
                    s.at(45_000).timer().expect("timer 75000");
                });
        script(
                "a job in the queue is not watched",
                s -> arrived(s).at(100_000).timer().expect("timer 120000"));
        script(
                "silence after the third dispatch is the end",
                s -> {
                    s.given(request("r").deadlineAtMs(1_000_000));
                    s.failed(1, 1, Code.ENGINE_ERROR, true).failed(2, 1, Code.ENGINE_ERROR, true);
                    s.released(3)
                            .at(45_000)
                            .timer()
                            .expect(
                                    "withdraw r/answer/3 on spare: replaced",
                                    "stop r/answer/3",
                                    "reply FAILED attempts_exhausted",
                                    "usage 0+0",
                                    "timer 3645000");
                });
        script(
                "silence of the third attempt's worker is the end",
                s -> {
                    s.given(request("r").deadlineAtMs(1_000_000));
                    s.failed(1, 1, Code.ENGINE_ERROR, true).failed(2, 1, Code.ENGINE_ERROR, true);
                    s.started(3, 1).at(45_000).timer().expectLife(Lifecycle.Closed.class);
                });
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
                    s.given(new Event.ClaimGranted("r")).expect("enqueue r/answer/1 on primary");
                    s.given(new Event.ClaimGranted("r")).expectNothing();
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
                    s.given(new Event.ClaimGranted("r")).expectNothing();
                    s.given(new Event.ClaimRefused("r", "r0")).expectNothing();
                });
    }

    private static void strays(Saga s) {
        s.given(request("r").model("nobody")).expectNothing();
        s.given(new Event.ClaimGranted("r")).expectNothing();
        s.given(new Event.ClaimRefused("r", "r0")).expectNothing();
        s.given(unusable(Code.UNKNOWN_SCHEMA)).expect("dead letter unknown_schema");
    }
}
