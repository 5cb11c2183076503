package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Message;
import dev.brigade.dispatcher.request.TestingRequest;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline with an idempotency key that ends unanswered leaves its stages to the next request.
 */
final class ResumeScripts extends Scripts {

    ResumeScripts() {
        leaving();
        goingOn();
        startingAnew();
    }

    private static TestingRequest keyed() {
        return request("r").mode("pipeline").idempotencyKey("k");
    }

    private static Saga granted(Saga s, TestingRequest request, Optional<Checkpoint> from) {
        return s.given(request).given(new Event.ClaimGranted("r", from));
    }

    /** What a request leaves that is lost in its third stage. */
    private static Checkpoint left(Saga s) {
        Saga earlier = granted(s.fresh(), keyed(), Optional.empty());
        earlier.finished("draft", "one").finished("refine", "two").lost("validate");
        return earlier.checkpoint();
    }

    private void leaving() {
        script(
                "resume: the key is given back with the completed stages",
                s -> {
                    granted(s, keyed(), Optional.empty()).finished("draft", "one");
                    s.lost("refine")
                            .expect(
                                    "free r/refine/1 on primary",
                                    "compensate 0 r/draft: refund 10",
                                    "release pins",
                                    "release claim k with [draft]",
                                    "reply FAILED context_length_exceeded",
                                    "usage 7+3",
                                    "timer 3600000");
                });
        script(
                "resume: without a completed stage the key is kept",
                s -> {
                    granted(s, keyed(), Optional.empty()).lost("draft");
                    assertThat(Saga.sentences(s.commands()))
                            .noneMatch(each -> each.startsWith("release claim"));
                });
        script(
                "resume: effects outside are undone, so nothing is left to go on from",
                s -> {
                    TestingRequest request =
                            request("r").preset("with-effects").idempotencyKey("k");
                    granted(s, request, Optional.empty()).finished("draft", "one").lost("refine");
                    assertThat(Saga.sentences(s.commands()))
                            .noneMatch(each -> each.startsWith("release claim"));
                });
        script(
                "resume: only pipelines leave stages",
                s -> {
                    TestingRequest request = request("r").mode("critique").idempotencyKey("k");
                    granted(s, request, Optional.empty()).finished("draft", "one").cancelled();
                    assertThat(Saga.sentences(s.commands()))
                            .noneMatch(each -> each.startsWith("release claim"));
                });
    }

    private void goingOn() {
        script(
                "resume: a full queue refuses before any work, and leaves the key what it had",
                s -> {
                    Saga earlier = granted(s.fresh(), keyed(), Optional.empty());
                    earlier.finished("draft", "one").cancelled();
                    granted(s.fresh(), keyed(), Optional.of(earlier.checkpoint()))
                            .refused("refine", 1, Code.QUEUE_FULL)
                            .expect(
                                    "release claim k with [draft]",
                                    "reply REJECTED queue_full",
                                    "timer 3600000");
                    granted(s, keyed(), Optional.of(left(s)))
                            .refused("validate", 1, Code.QUEUE_FULL)
                            .expect(
                                    "release claim k with [draft, refine]",
                                    "reply REJECTED queue_full",
                                    "timer 3600000");
                });
        script(
                "resume: one completed stage is enough to go on from",
                s -> {
                    Saga earlier = granted(s.fresh(), keyed(), Optional.empty());
                    earlier.finished("draft", "one").cancelled();
                    granted(s, keyed(), Optional.of(earlier.checkpoint()))
                            .expect("enqueue r/refine/1 on primary", "timer 90000");
                });
        script(
                "resume: the next request starts after the last completed stage, which costs nothing again",
                s -> {
                    Checkpoint from = left(s);
                    granted(s, keyed(), Optional.of(from))
                            .expect("enqueue r/validate/1 on primary");
                    assertThat(s.told("validate")).contains("two");
                    s.finished("validate", PipelineScripts.verdict("accept", 9))
                            .expect(
                                    "free r/validate/1 on primary",
                                    "release pins",
                                    "reply COMPLETED two",
                                    "usage 7+3",
                                    "timer 3600000");
                    assertThat(s.report().resumed()).containsExactly("draft", "refine");
                    assertThat(s.report().stages().getFirst().attempts()).isZero();
                    assertThat(s.report().stages().getFirst().usage().total()).isZero();
                });
        script(
                "resume: stages that were taken over are not undone again, but are left once more",
                s -> {
                    granted(s, keyed(), Optional.of(left(s)))
                            .lost("validate")
                            .expect(
                                    "free r/validate/1 on primary",
                                    "release pins",
                                    "release claim k with [draft, refine]",
                                    "reply FAILED context_length_exceeded",
                                    "usage 0+0",
                                    "timer 3600000");
                    assertThat(s.report().compensated()).isEmpty();
                });
        script(
                "resume: a text that was sent back is written again by the next request",
                s -> {
                    Saga earlier = granted(s.fresh(), keyed(), Optional.empty());
                    earlier.finished("draft", "one").finished("refine", "two");
                    earlier.finished("validate", PipelineScripts.verdict("revise", 1));
                    earlier.lost("refine-2");
                    granted(s, keyed(), Optional.of(earlier.checkpoint()))
                            .expect("enqueue r/refine-2/1 on primary");
                });
    }

    private void startingAnew() {
        script(
                "resume: with another input it starts from the start",
                s -> {
                    for (List<Message> other :
                            List.of(
                                    List.of(Message.of("user", "What is Flink?")),
                                    List.of(Message.of("system", "What is Kafka?")),
                                    List.of(
                                            Message.of("user", "What is"),
                                            Message.of("user", " Kafka?")))) {
                        granted(
                                        s.fresh(),
                                        keyed().input(new Input.Chat(other)),
                                        Optional.of(left(s)))
                                .expect("enqueue r/draft/1 on quick", "timer 51428");
                    }
                });
        script(
                "resume: with other stages it starts from the start",
                s ->
                        granted(
                                        s,
                                        request("r").preset("line").idempotencyKey("k"),
                                        Optional.of(left(s)))
                                .expect("enqueue r/draft/1 on quick", "timer 60000"));
        script(
                "resume: another mode does not go on",
                s ->
                        granted(s, request("r").idempotencyKey("k"), Optional.of(left(s)))
                                .expect("enqueue r/answer/1 on primary"));
        script(
                "resume: stages that do not begin at the beginning are not taken over",
                s -> {
                    Checkpoint whole = left(s);
                    var torn =
                            new Checkpoint(
                                    whole.requestId(),
                                    whole.plan(),
                                    whole.stages().subList(1, whole.stages().size()));
                    granted(s, keyed(), Optional.of(torn))
                            .expect("enqueue r/draft/1 on quick", "timer 51428");
                });
    }
}
