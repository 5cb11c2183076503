package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Attempts that are stale, fail, crash or fall silent. */
final class FailureScripts extends Scripts {

    private static final String[] ENQUEUED = {"enqueue r/answer/1 on primary", "timer 120000"};

    FailureScripts() {
        staleAttempts();
        failures();
        silence();
    }

    private static Saga arrived(Saga saga) {
        return saga.given(request("r")).expect(ENQUEUED);
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
}
