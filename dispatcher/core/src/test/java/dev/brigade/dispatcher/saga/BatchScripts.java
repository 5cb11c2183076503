package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.StoredPayload;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.routing.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Images in parts of three, two parts at once, by the model eye. */
final class BatchScripts extends Scripts {

    private static final Fleet FLEET =
            Saga.models().with("eye", List.of(), Set.of("classify"), 1, 1, 0).build();

    private static final StoredPayload MANIFEST = new StoredPayload("ab", 900, "application/jsonl");

    private static final String[] BEGUN = {
        "enqueue r/part-0/1 on eye", "enqueue r/part-1/1 on eye", "timer 120000"
    };

    BatchScripts() {
        parts();
        listings();
        results();
        losses();
        fullQueues();
        ends();
        refusals();
    }

    private static TestingRequest images(int count) {
        return request("r").input(batch(inline(count)));
    }

    private static TestingRequest glob() {
        return request("r").input(batch(new ImageSource.Glob("**/*.png")));
    }

    private static Input.ImageBatch batch(ImageSource source) {
        return new Input.ImageBatch(source, Optional.of("What is it?"), true, false);
    }

    private static ImageSource inline(int count) {
        return new ImageSource.Inline(
                IntStream.range(0, count).mapToObj(i -> ImageRef.ofPath(i + ".png")).toList());
    }

    private static Saga begun(Saga s, int images) {
        return s.fleet(FLEET).given(images(images)).expect(BEGUN);
    }

    /** Results of so many images, each of the label. */
    static Output seen(int from, int count, String label) {
        return new Output.ImageResults(
                IntStream.range(from, from + count)
                        .mapToObj(i ->
                                new ImageResult(
                                        i,
                                        Optional.of(i + ".png"),
                                        Optional.of(
                                                new Output.Classification(
                                                        label, 1, List.of(), Optional.empty())),
                                        Optional.empty()))
                        .toList());
    }

    private static BatchSummary summary(Saga s) {
        return s.reply().summary().orElseThrow();
    }

    private void parts() {
        script(
                "batch: parts are given out as others end, each with its results and progress",
                s -> {
                    begun(s, 7);
                    var first = (Input.ImagePart) s.enqueued("part-0").input();
                    assertThat(first)
                            .isEqualTo(
                                    new Input.ImagePart(
                                            0,
                                            3,
                                            ((ImageSource.Inline) inline(3)).items(),
                                            Optional.empty(),
                                            Optional.of("What is it?"),
                                            true,
                                            false));
                    assertThat(s.enqueued("part-0").pin()).isFalse();
                    s.at(2_000)
                            .finished("part-1", seen(3, 3, "technical"))
                            .expect(
                                    "free r/part-1/1 on eye",
                                    "results 0: [3 technical, 4 technical, 5 technical]",
                                    "progress 3 and 0 of 7",
                                    "enqueue r/part-2/1 on eye");
                    assertThat(((Input.ImagePart) s.enqueued("part-2").input()).from())
                            .isEqualTo(6);
                    assertThat(((Input.ImagePart) s.enqueued("part-2").input()).count())
                            .isEqualTo(1);
                    s.finished("part-2", seen(6, 1, "discard"))
                            .expect(
                                    "free r/part-2/1 on eye",
                                    "results 1: [6 discard]",
                                    "progress 4 and 0 of 7");
                    s.at(4_000)
                            .finished("part-0", seen(0, 3, "technical"))
                            .expect(
                                    "free r/part-0/1 on eye",
                                    "results 2: [0 technical, 1 technical, 2 technical]",
                                    "progress 7 and 0 of 7",
                                    "reply COMPLETED ",
                                    "usage 21+9",
                                    "timer 3604000");
                    assertThat(summary(s))
                            .isEqualTo(
                                    new BatchSummary(
                                            7,
                                            7,
                                            0,
                                            new TreeMap<>(Map.of("technical", 6L, "discard", 1L)),
                                            4,
                                            1.75,
                                            3));
                    assertThat(s.reply().stage()).contains("batch");
                    assertThat(s.reply().model()).contains("eye");
                    assertThat(s.reply().answer().orElseThrow().epoch())
                            .isEqualTo(new Epoch(1, 1, "batch"));
                    assertThat(s.reply().answer().orElseThrow().lastSeq()).isEqualTo(2);
                    assertThat(used(s).images()).isEqualTo(7);
                    assertThat(used(s).inferenceMs()).isEqualTo(90);
                    Report report = s.report();
                    assertThat(report.mode()).isEqualTo("batch");
                    assertThat(report.decisions())
                            .containsExactly("7 of 7 images are classified, in 3 parts");
                    assertThat(report.modelsUsed()).containsExactly("eye");
                    assertThat(report.stages()).hasSize(1);
                    assertThat(report.stages().getFirst().stage()).isEqualTo("batch");
                    assertThat(report.stages().getFirst().attempts()).isEqualTo(3);
                    assertThat(report.stages().getFirst().status()).isEqualTo("done");
                });
        script(
                "batch: a small one is cut finer, so that its parts run side by side",
                s -> {
                    begun(s, 4);
                    assertThat(((Input.ImagePart) s.enqueued("part-0").input()).count())
                            .isEqualTo(2);
                    Saga one = s.fresh().fleet(FLEET);
                    one.given(images(1)).expect("enqueue r/part-0/1 on eye", "timer 120000");
                });
        script(
                "batch: progress says how fast it was of late and what the rest takes",
                s -> {
                    begun(s, 70).at(2_000).finished("part-0", seen(0, 3, "a"));
                    assertThat(progress(s).perSecond()).isCloseTo(1.5, within(1e-9));
                    assertThat(progress(s).remainingMs()).hasValue(44_667);
                    s.at(30_000).finished("part-1", seen(3, 3, "a"));
                    assertThat(progress(s).perSecond()).isCloseTo(0.3, within(1e-9));
                    assertThat(progress(s).seq()).isEqualTo(1);
                    assertThat(progress(s).stage()).isEqualTo("batch");
                });
        script(
                "batch: who does not read along has progress too",
                s -> {
                    s.fleet(FLEET).given(images(7).stream(false));
                    s.finished("part-0", seen(0, 3, "a"));
                    assertThat(progress(s).done()).isEqualTo(3);
                });
        script(
                "batch: what is over is forgotten, whatever is then heard of it",
                s -> {
                    begun(s, 9).running("part-0").finished("part-0", seen(0, 3, "a"));
                    assertThat(((Lifecycle.Open) s.lifecycle()).state().stages())
                            .extracting(StageState::id)
                            .containsExactly("part-1", "part-2");
                    s.finished("part-0", seen(0, 3, "b")).expectNothing();
                    s.lost("part-0").expectNothing();
                    s.crashed(Saga.attempt("part-0", 1, 2)).expectNothing();
                    s.started("part-0").expect("stop r/part-0/1");
                    s.released("part-0", 1).expectNothing();
                    s.refused("part-0", 1, Code.QUEUE_FULL).expectNothing();
                    s.finished("part-1", seen(3, 3, "a")).finished("part-2", seen(6, 3, "a"));
                    assertThat(summary(s).labels()).containsOnly(Map.entry("a", 9L));
                    assertThat(summary(s).parts()).isEqualTo(3);
                });
    }

    private void listings() {
        script(
                "batch: images are found first, and then taken from the manifest",
                s -> {
                    s.fleet(FLEET).given(glob()).expect("enqueue r/list/1 on eye", "timer 120000");
                    assertThat(s.enqueued("list").input())
                            .isEqualTo(
                                    new Input.ImageListing(
                                            Optional.of("**/*.png"), Optional.empty()));
                    s.running("list");
                    s.finished("list", new Output.ListedItems(MANIFEST, 8))
                            .expect(
                                    "free r/list/1 on eye",
                                    "enqueue r/part-0/1 on eye",
                                    "enqueue r/part-1/1 on eye");
                    var part = (Input.ImagePart) s.enqueued("part-1").input();
                    assertThat(part.manifest()).contains(MANIFEST);
                    assertThat(part.items()).isEmpty();
                    assertThat(part.from()).isEqualTo(3);
                    s.finished("part-0", seen(0, 3, "a")).finished("part-1", seen(3, 3, "a"));
                    s.finished("part-2", seen(6, 2, "a"));
                    assertThat(summary(s).total()).isEqualTo(8);
                    assertThat(s.report().stages())
                            .extracting(Report.StageReport::stage)
                            .containsExactly("list", "batch");
                    assertThat(s.report().stages().getFirst().kind()).isEqualTo("list");
                });
        script(
                "batch: few images that were found are cut finer too",
                s -> {
                    s.fleet(FLEET)
                            .given(glob())
                            .finished("list", new Output.ListedItems(MANIFEST, 4));
                    var second = (Input.ImagePart) s.enqueued("part-1").input();
                    assertThat(second.from()).isEqualTo(2);
                    assertThat(second.count()).isEqualTo(2);
                });
        script(
                "batch: a manifest is checked and counted by a worker too",
                s -> {
                    s.fleet(FLEET)
                            .given(request("r").input(batch(new ImageSource.Manifest(MANIFEST))));
                    assertThat(s.enqueued("list").input())
                            .isEqualTo(
                                    new Input.ImageListing(
                                            Optional.empty(), Optional.of(MANIFEST)));
                });
        script(
                "batch: without images there is none",
                s -> {
                    s.fleet(FLEET).given(glob());
                    s.failed(Saga.attempt("list", 1, 1), Code.NO_IMAGES, false)
                            .expect(
                                    "free r/list/1 on eye",
                                    "reply FAILED no_images",
                                    "usage 0+0",
                                    "timer 3600000");
                    assertThat(summary(s)).isEqualTo(BatchSummary.untouched(0));
                    s.fresh()
                            .fleet(FLEET)
                            .given(glob())
                            .finished("list", new Output.ListedItems(MANIFEST, 0))
                            .expect(
                                    "free r/list/1 on eye",
                                    "reply FAILED no_images",
                                    "usage 0+0",
                                    "timer 3600000");
                    s.fresh()
                            .fleet(FLEET)
                            .given(glob())
                            .finished("list", new Output.ListedItems(MANIFEST, 100_001))
                            .expect(
                                    "free r/list/1 on eye",
                                    "reply FAILED too_many_images",
                                    "usage 0+0",
                                    "timer 3600000");
                });
        script(
                "batch: a listing that crashes its engine twice is a dead letter",
                s -> {
                    s.fleet(FLEET).given(glob()).crashed(Saga.attempt("list", 1, 1));
                    s.crashed(Saga.attempt("list", 2, 1))
                            .expect(
                                    "free r/list/2 on eye",
                                    "dead letter engine_crashed",
                                    "reply FAILED engine_crashed",
                                    "usage 0+0",
                                    "timer 3600000");
                });
    }

    private void results() {
        script(
                "batch: an image has one result, whatever the worker says of it",
                s -> {
                    begun(s, 7);
                    var said = new ArrayList<ImageResult>();
                    said.addAll(((Output.ImageResults) seen(5, 1, "a")).items());
                    said.addAll(((Output.ImageResults) seen(3, 1, "a")).items());
                    said.addAll(((Output.ImageResults) seen(3, 1, "b")).items());
                    said.addAll(((Output.ImageResults) seen(0, 1, "c")).items());
                    s.finished("part-1", new Output.ImageResults(said))
                            .expect(
                                    "free r/part-1/1 on eye",
                                    "results 0: [3 a, 4 engine_error, 5 a]",
                                    "progress 2 and 1 of 7",
                                    "enqueue r/part-2/1 on eye");
                    assertThat(published(s).get(1).path()).contains("4.png");
                });
        script(
                "batch: an image that fails is its own result and nobody else's",
                s -> {
                    begun(s, 4);
                    var bad =
                            ImageResult.failed(
                                    0, Optional.of("0.png"), Failure.of(Code.NOT_AN_IMAGE, "no"));
                    var good = ((Output.ImageResults) seen(1, 1, "a")).items().getFirst();
                    s.finished("part-0", new Output.ImageResults(List.of(bad, good)));
                    s.finished("part-1", seen(2, 2, "a"));
                    assertThat(s.reply().status().name()).isEqualTo("COMPLETED");
                    assertThat(summary(s).failed()).isEqualTo(1);
                    assertThat(used(s).images()).isEqualTo(3);
                });
    }

    private void losses() {
        script(
                "batch: a part that fails for good fails its images, and the others go on",
                s -> {
                    begun(s, 9)
                            .lost("part-0")
                            .expect(
                                    "free r/part-0/1 on eye",
                                    "results 0: [0 context_length_exceeded,"
                                            + " 1 context_length_exceeded,"
                                            + " 2 context_length_exceeded]",
                                    "progress 0 and 3 of 9",
                                    "enqueue r/part-2/1 on eye");
                    assertThat(published(s).getFirst().path()).contains("0.png");
                    s.finished("part-1", "a text")
                            .expect(
                                    "free r/part-1/1 on eye",
                                    "results 1: [3 engine_error, 4 engine_error, 5 engine_error]",
                                    "progress 0 and 6 of 9");
                    s.lost("part-2");
                    assertThat(s.reply().status().name()).isEqualTo("COMPLETED");
                    assertThat(summary(s).failed()).isEqualTo(9);
                    assertThat(summary(s).done()).isZero();
                });
        script(
                "batch: a part that crashes engines is no dead letter",
                s -> {
                    begun(s, 9).crashed(Saga.attempt("part-0", 1, 1));
                    s.expect("free r/part-0/1 on eye", "enqueue r/part-0/2 on eye");
                    s.crashed(Saga.attempt("part-0", 2, 1))
                            .expect(
                                    "free r/part-0/2 on eye",
                                    "results 0: [0 engine_crashed, 1 engine_crashed,"
                                            + " 2 engine_crashed]",
                                    "progress 0 and 3 of 9",
                                    "enqueue r/part-2/1 on eye");
                });
        script(
                "batch: of a silent worker the part is sent out anew, and its late answer is nothing",
                s -> {
                    begun(s, 6).running("part-0");
                    s.at(45_000)
                            .timer()
                            .expect(
                                    "withdraw r/part-0/1 on eye: replaced",
                                    "stop r/part-0/1",
                                    "enqueue r/part-0/2 on eye",
                                    "timer 120000");
                    s.finished("part-0", seen(0, 3, "late")).expectNothing();
                    s.finished("part-0", 2, seen(0, 3, "a"));
                    assertThat(published(s)).hasSize(3);
                });
        script(
                "batch: attempts end somewhen, and the batch does not",
                s -> {
                    begun(s, 12);
                    for (int dispatch = 1; dispatch <= 3; dispatch++) {
                        s.failed(Saga.attempt("part-0", dispatch, 1), Code.ENGINE_ERROR, true);
                    }
                    assertThat(published(s))
                            .extracting(result -> result.error().orElseThrow().code())
                            .containsOnly(Code.ATTEMPTS_EXHAUSTED);
                    for (int delivery = 1; delivery <= 6; delivery++) {
                        s.given(new Event.AttemptStarted(Saga.attempt("part-1", 1, delivery)));
                    }
                    s.expect(
                            "stop r/part-1/1 but a16",
                            "withdraw r/part-1/1 on eye: closed",
                            "stop r/part-1/1",
                            "results 1: [3 attempts_exhausted, 4 attempts_exhausted,"
                                    + " 5 attempts_exhausted]",
                            "progress 0 and 6 of 12",
                            "enqueue r/part-3/1 on eye");
                });
        script(
                "batch: what is wrong with the model ends it at the first part, and later does not",
                s -> {
                    begun(s, 9);
                    s.failed(Saga.attempt("part-1", 1, 1), Code.UNSUPPORTED_TASK, false)
                            .expect(
                                    "free r/part-1/1 on eye",
                                    "withdraw r/part-0/1 on eye: closed",
                                    "reply FAILED unsupported_task",
                                    "usage 0+0",
                                    "timer 3600000");
                    assertThat(summary(s)).isEqualTo(BatchSummary.untouched(9));
                    Saga later = begun(s.fresh(), 9).finished("part-0", seen(0, 3, "a"));
                    later.failed(Saga.attempt("part-1", 1, 1), Code.UNSUPPORTED_TASK, false);
                    assertThat(published(later)).hasSize(3);
                });
        script(
                "batch: a part may end before it is heard of, and be lost while it runs",
                s -> {
                    begun(s, 12).released("part-0", 1).finished("part-0", seen(0, 3, "a"));
                    s.released("part-1", 1).lost("part-1").running("part-2").lost("part-2");
                    s.finished("part-3", seen(9, 3, "a"));
                    assertThat(summary(s).failed()).isEqualTo(6);
                    Saga again = begun(s.fresh(), 9);
                    for (int delivery = 1; delivery <= 5; delivery++) {
                        again.given(new Event.AttemptStarted(Saga.attempt("part-1", 1, delivery)));
                    }
                    again.given(new Event.AttemptProgressed(Saga.attempt("part-1", 1, 6)));
                    assertThat(published(again)).hasSize(3);
                    silent(s.fresh(), false);
                    silent(s.fresh(), true);
                });
    }

    /** Workers take part-0 and are not heard of again. */
    private static void silent(Saga s, boolean begin) {
        s.fleet(FLEET).given(images(9).deadlineAtMs(300_000));
        for (int dispatch = 1; dispatch <= 3; dispatch++) {
            s.released("part-0", dispatch);
            if (begin) {
                s.given(new Event.AttemptStarted(Saga.attempt("part-0", dispatch, 1)));
            }
            s.at(45_000L * dispatch).timer();
        }
        assertThat(published(s)).hasSize(3);
    }

    private void fullQueues() {
        script(
                "batch: a full queue is waited for, longer and longer",
                s -> {
                    begun(s, 9).refused("part-1", 1, Code.QUEUE_FULL).expect("timer 500");
                    s.at(100).refused("part-0", 1, Code.QUEUE_FULL).expectNothing();
                    s.at(499).timer().expect("timer 500");
                    s.at(500)
                            .timer()
                            .expect(
                                    "enqueue r/part-0/1 on eye",
                                    "enqueue r/part-1/1 on eye",
                                    "timer 120000");
                    s.refused("part-1", 1, Code.QUEUE_FULL).expect("timer 1500");
                    s.at(600)
                            .finished("part-0", seen(0, 3, "a"))
                            .expect(
                                    "free r/part-0/1 on eye",
                                    "results 0: [0 a, 1 a, 2 a]",
                                    "progress 3 and 0 of 9");
                    s.at(1_500)
                            .timer()
                            .expect(
                                    "enqueue r/part-1/1 on eye",
                                    "enqueue r/part-2/1 on eye",
                                    "timer 120000");
                    s.released("part-1", 1).expect("timer 46500");
                    s.refused("part-2", 1, Code.QUEUE_FULL).expect("timer 2000");
                });
        script(
                "batch: a job that was let out after all is not sent again",
                s -> {
                    begun(s, 9).refused("part-1", 1, Code.QUEUE_FULL);
                    s.refused("part-1", 1, Code.QUEUE_FULL).expectNothing();
                    s.released("part-1", 1).expectNothing();
                    s.at(500).timer().expect("timer 45000");
                    s.refused("part-0", 1, Code.QUEUE_FULL).started("part-0").expectNothing();
                    s.at(1_500).timer().expect("timer 45000");
                });
        script(
                "batch: whatever is heard of a part that waits for its queue counts",
                s -> {
                    held(s).finished("part-0", seen(0, 3, "a"));
                    assertThat(published(s)).hasSize(3);
                    held(s.fresh()).lost("part-0");
                    held(s.fresh())
                            .given(new Event.AttemptProgressed(Saga.attempt("part-0", 1, 1)))
                            .expectNothing();
                    held(s.fresh())
                            .failed(Saga.attempt("part-0", 1, 1), Code.ENGINE_ERROR, true)
                            .expect("free r/part-0/1 on eye", "enqueue r/part-0/2 on eye");
                });
        script(
                "batch: a listing waits for a full queue too",
                s -> {
                    s.fleet(FLEET).given(glob());
                    s.refused("list", 1, Code.QUEUE_FULL).expect("timer 500");
                    s.at(500).timer().expect("enqueue r/list/1 on eye", "timer 120000");
                });
        script(
                "batch: who waits for a full queue can be cancelled, and runs out of time",
                s -> {
                    held(s).cancelled();
                    assertThat(s.reply().status().name()).isEqualTo("CANCELLED");
                    Saga late = held(s.fresh()).at(120_000).timer();
                    assertThat(late.reply().status().name()).isEqualTo("EXPIRED");
                    Saga one = s.fresh().fleet(FLEET).given(images(1));
                    one.refused("part-0", 1, Code.QUEUE_FULL).finished("part-0", seen(0, 1, "a"));
                    one.expectLife(Lifecycle.Closed.class);
                    one = s.fresh().fleet(FLEET).given(images(1));
                    one.refused("part-0", 1, Code.QUEUE_FULL).lost("part-0");
                    one.expectLife(Lifecycle.Closed.class);
                });
    }

    private static Saga held(Saga s) {
        return begun(s, 9).refused("part-0", 1, Code.QUEUE_FULL);
    }

    private void ends() {
        script(
                "batch: a cancelled one says what was done, and nothing of that is undone",
                s -> {
                    begun(s, 9).finished("part-0", seen(0, 3, "a")).running("part-1");
                    s.cancelled()
                            .expect(
                                    "withdraw r/part-1/1 on eye: cancelled",
                                    "withdraw r/part-2/1 on eye: cancelled",
                                    "stop all of r",
                                    "reply CANCELLED cancelled",
                                    "usage 7+3",
                                    "timer 3600000");
                    assertThat(summary(s).done()).isEqualTo(3);
                    assertThat(summary(s).total()).isEqualTo(9);
                    assertThat(used(s).images()).isEqualTo(3);
                    assertThat(s.report().stages()).hasSize(1);
                    assertThat(s.report().stages().getFirst().status()).isEqualTo("abandoned");
                });
        script(
                "batch: at its deadline it expires, with what was done",
                s -> {
                    begun(s, 9).finished("part-0", seen(0, 3, "a"));
                    s.at(120_000)
                            .timer()
                            .expect(
                                    "withdraw r/part-1/1 on eye: expired",
                                    "withdraw r/part-2/1 on eye: expired",
                                    "reply EXPIRED deadline_exceeded",
                                    "usage 7+3",
                                    "timer 3720000");
                    assertThat(summary(s).parts()).isEqualTo(1);
                });
        script(
                "batch: the same key is the same batch, and leaves nothing to go on from",
                s -> {
                    s.fleet(FLEET)
                            .given(images(9).idempotencyKey("k"))
                            .expect("claim acme|k", "timer 120000");
                    s.given(new Event.ClaimGranted("r", Optional.empty()))
                            .expect("enqueue r/part-0/1 on eye", "enqueue r/part-1/1 on eye");
                    s.finished("part-0", seen(0, 3, "a")).cancelled();
                    assertThat(s.commands()).noneMatch(Command.ReleaseClaim.class::isInstance);
                    Saga second = s.fresh().fleet(FLEET).given(images(9).idempotencyKey("k"));
                    second.given(new Event.ClaimRefused("r", "first"))
                            .expect("reply REJECTED duplicate_request", "timer 3600000");
                    assertThat(summary(second)).isEqualTo(BatchSummary.untouched(9));
                });
    }

    private void refusals() {
        script(
                "batch: its mode is its own, and it has no preset and no bounds",
                s -> {
                    s.fresh().fleet(FLEET).given(images(9).mode("batch")).expect(BEGUN);
                    refused(s, images(9).mode("single"), "unsupported_mode");
                    refused(s, images(9).preset("one"), "unsupported_mode");
                    refused(s, images(9).maxTotalTokens(100), "invalid_request");
                    refused(s, images(9).maxCost(1), "invalid_request");
                    refused(s, request("r").mode("batch"), "invalid_request");
                    refused(s, images(9).model("primary"), "unsupported_task");
                    s.given(images(9)).expect("reply REJECTED no_capable_model", "timer 3600000");
                    assertThat(summary(s)).isEqualTo(BatchSummary.untouched(9));
                    Saga late = s.fresh().fleet(FLEET).at(120_000).given(glob());
                    late.expect("reply EXPIRED deadline_exceeded", "timer 3720000");
                    assertThat(summary(late)).isEqualTo(BatchSummary.untouched(0));
                });
    }

    private static void refused(Saga s, TestingRequest request, String code) {
        s.fresh().fleet(FLEET).given(request).expect("reply REJECTED " + code, "timer 3600000");
    }

    private static Command.PublishProgress progress(Saga s) {
        return s.commands().stream()
                .filter(Command.PublishProgress.class::isInstance)
                .map(Command.PublishProgress.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<ImageResult> published(Saga s) {
        return s.commands().stream()
                .filter(Command.PublishResults.class::isInstance)
                .map(Command.PublishResults.class::cast)
                .findFirst()
                .orElseThrow()
                .items();
    }

    private static Command.RecordUsage used(Saga s) {
        return s.commands().stream()
                .filter(Command.RecordUsage.class::isInstance)
                .map(Command.RecordUsage.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
