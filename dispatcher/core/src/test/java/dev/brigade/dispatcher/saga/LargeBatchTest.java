package dev.brigade.dispatcher.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Cast;
import dev.brigade.dispatcher.plan.Seat;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.planning.Planner;
import dev.brigade.dispatcher.planning.TestingPlanner;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.StoredPayload;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The largest batch there may be, in parts and a window as they are configured by default. */
class LargeBatchTest {

    private static final int IMAGES = 100_000;
    private static final int PARTS = 1_563;
    private static final int MOST_STATE_BYTES = 16_384;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Fleet fleet =
            new TestingFleet().with("eye", List.of(), Set.of("classify"), 1, 64, 0).build();
    private final RequestMachine machine =
            new RequestMachine(
                    new Planner(
                            TestingFleet.router(),
                            OrchestrationConfig.parse("{}", "orchestration.yaml", Map.of()),
                            TestingPlanner.PRESETS),
                    TestingPlanner.PROMPTS,
                    Limits.DEFAULTS);
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final BitSet published = new BitSet();
    private Lifecycle life = Lifecycle.UNSEEN;
    private BatchSummary summary = BatchSummary.untouched(0);
    private int records;
    private int most;

    @Test
    void itsStateStaysSmallAndEachImageHasOneResult() {
        Request request = request();
        BatchSummary summary = run(request);

        assertThat(summary.total()).isEqualTo(IMAGES);
        assertThat(summary.done()).isEqualTo(IMAGES);
        assertThat(summary.parts()).isEqualTo(PARTS);
        assertThat(records).isEqualTo(PARTS);
        assertThat(published.cardinality()).isEqualTo(IMAGES);
        assertThat(most).as("jobs at once").isEqualTo(8);
    }

    private BatchSummary run(Request request) {
        int requestBytes = bytes(request);
        long nowMs = 0;
        decide(new Event.RequestArrived(request), nowMs);
        while (life instanceof Lifecycle.Open open) {
            nowMs += 100;
            most = Math.max(most, jobs.size());
            if (open.state().requiredTally().published() % 100 == 0) {
                assertThat(bytes(life) - requestBytes)
                        .as("state of part %d", open.state().requiredTally().published())
                        .isLessThan(MOST_STATE_BYTES);
            }
            assertThat(open.state().stages()).hasSizeLessThanOrEqualTo(8);
            finish(jobs.remove(), nowMs);
        }
        return summary;
    }

    private void finish(Job job, long nowMs) {
        var epoch = new Epoch(1, 1, "worker-12345678-" + job.stage());
        var attempt = new Attempt("r", job.stage(), job.id(), epoch, "worker-12345678", "eye");
        decide(new Event.JobReleased("r", job.stage(), job.id()), nowMs);
        decide(new Event.AttemptStarted(attempt), nowMs);
        var part = (Input.ImagePart) job.input();
        var answer =
                new Answer(
                        epoch,
                        "",
                        "stop",
                        new Usage(0, 0),
                        new Timings(0, 0, 50),
                        -1,
                        "digest",
                        Optional.of(results(part)));
        decide(new Event.AttemptFinished(attempt, answer), nowMs);
    }

    private static Output results(Input.ImagePart part) {
        return new Output.ImageResults(
                IntStream.range(part.from(), part.from() + part.count())
                        .mapToObj(i ->
                                new ImageResult(
                                        i,
                                        part.items().get(i - part.from()).path(),
                                        Optional.of(
                                                new Output.Classification(
                                                        i % 3 == 0 ? "technical" : "discard",
                                                        0.9,
                                                        List.of(),
                                                        Optional.empty())),
                                        Optional.empty()))
                        .toList());
    }

    private void decide(Event event, long nowMs) {
        Decision decision = machine.decide(life, event, fleet, nowMs);
        life = decision.next();
        for (Command command : decision.commands()) {
            switch (command) {
                case Command.EnqueueJob enqueue -> jobs.add(enqueue.job());
                case Command.PublishResults results -> note(results);
                case Command.SendReply send -> summary = send.reply().summary().orElseThrow();
                default -> {}
            }
        }
    }

    private void note(Command.PublishResults results) {
        assertThat(results.part()).isEqualTo(records++);
        for (ImageResult result : results.items()) {
            assertThat(published.get(result.index())).isFalse();
            published.set(result.index());
            assertThat(result.path()).contains(path(result.index()));
        }
    }

    private static Request request() {
        var items = IntStream.range(0, IMAGES).mapToObj(i -> ImageRef.ofPath(path(i))).toList();
        return TestingRequest.request("r")
                .input(
                        new Input.ImageBatch(
                                new ImageSource.Inline(items), Optional.empty(), false, true))
                .deadlineAtMs(86_400_000)
                .build();
    }

    private static String path(int index) {
        return "scans/2026/page-%06d.png".formatted(index);
    }

    private static int bytes(Object value) {
        return JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void partsAreCountedForEverySize() {
        var plan = new Sweep(Cast.only(new Seat("eye", 1, Optional.empty())), 0, 64, 8);
        for (int images : new int[] {1, 2, 7, 8, 9, 511, 512, 513, 64_000, 100_000}) {
            int next = 0;
            for (int part = 0; next < images; part++) {
                Input.ImagePart each = part(plan, images, part);
                assertThat(each.from()).isEqualTo(next);
                assertThat(each.count()).isBetween(1, 64);
                next += each.count();
            }
            assertThat(next).isEqualTo(images);
        }
    }

    private static Input.ImagePart part(Sweep plan, int images, int number) {
        var batch = new Input.ImageBatch(new ImageSource.Glob("*"), Optional.empty(), false, true);
        var manifest = new StoredPayload("ab", 1, "application/jsonl");
        return plan.part(
                batch, Tally.of(0).listed(new Output.ListedItems(manifest, images)), number);
    }
}
