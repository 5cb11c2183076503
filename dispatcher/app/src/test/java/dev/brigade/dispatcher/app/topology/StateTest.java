package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.Job;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What is stored of a request, and when. */
final class StateTest extends SagaTest {

    @Test
    void aSmallStateIsStoredWhole() {
        dispatcher.send(Topics.REQUESTS, "r1", OrchestrationTest.in("pipeline"));
        workers.begin(workers.job());

        assertThat(changes(Stores.ACCEPTED)).containsExactly("r1");
        assertThat(changes(Stores.PARTS)).isEmpty();
        assertThat(dispatcher.records(changelog(Stores.LIFECYCLES)))
                .hasSize(3)
                .allSatisfy(change ->
                        assertThat(change.value())
                                .hasSizeLessThanOrEqualTo(Lifecycles.MAX_WHOLE_BYTES));
    }

    @Test
    void anEventWritesOnlyTheStageThatItChangedOnceTheStateHasGrown() {
        dispatcher.send(Topics.REQUESTS, "r1", OrchestrationTest.in("pipeline"));
        workers.finish(workers.job(), "x".repeat(10_000));
        assertThat(changes(Stores.ACCEPTED)).containsExactly("r1");
        assertThat(changes(Stores.PARTS)).contains("r1/*charter", "r1/draft", "r1/refine");
        changes(Stores.LIFECYCLES);

        workers.begin(workers.job());

        assertThat(changes(Stores.PARTS)).containsExactly("r1/refine");
        assertThat(changes(Stores.ACCEPTED)).isEmpty();
    }

    @Test
    void whatEveryEventWritesIsSmall() {
        dispatcher.send(Topics.REQUESTS, "r1", OrchestrationTest.in("debate"));
        List<Job> jobs = workers.jobs();
        workers.finish(jobs.getFirst(), "x".repeat(10_000));
        dispatcher.records(changelog(Stores.LIFECYCLES));

        workers.begin(jobs.getLast());

        assertThat(dispatcher.records(changelog(Stores.LIFECYCLES)))
                .allSatisfy(change -> assertThat(change.value()).hasSizeLessThan(500));
    }

    @Test
    void aClosedRequestLeavesItsTombstoneAlone() {
        dispatcher.send(Topics.REQUESTS, "r1", OrchestrationTest.in("pipeline"));
        workers.answerAll(OrchestrationTest::accepted);
        dispatcher.send(Topics.REQUESTS, "r2", OrchestrationTest.in("critique"));
        dispatcher.restart();
        dispatcher.send(Topics.REQUESTS, "r2", new CancelRequest(null));

        assertThat(keys(Stores.ACCEPTED)).isEmpty();
        assertThat(keys(Stores.PARTS)).isEmpty();
        assertThat(keys(Stores.LIFECYCLES)).containsExactly("r1", "r2");
    }

    @Test
    void memoryIsBoundedAndWhatWasPutLastStays() {
        var states = new OpenStates(100);
        states.put("r1", kept(60));
        states.put("r2", kept(40));
        assertThat(states.size()).isEqualTo(2);

        states.get("r1");
        states.put("r3", kept(10));
        assertThat(states.get("r2")).isNull();
        assertThat(states.get("r1")).isNotNull();

        states.put("r4", kept(1_000));
        assertThat(states.size()).isEqualTo(1);
        assertThat(states.get("r4")).isNotNull();
        states.remove("r4");
        assertThat(states.size()).isZero();
    }

    @Test
    void manySmallThingsCountForMoreThanTheirBytes() {
        assertThat(weight(new Input.Completion("hello", false))).isBetween(1_000L, 2_000L);
        assertThat(
                        weight(
                                new Input.ImageBatch(
                                        new ImageSource.Inline(
                                                Collections.nCopies(
                                                        10_000, ImageRef.ofPath("a.png"))),
                                        Optional.empty(),
                                        false,
                                        true)))
                .isGreaterThan(1_000_000);
        assertThat(
                        weight(
                                new Input.Embedding(
                                        List.of(),
                                        List.of(Collections.nCopies(50_000, 7)),
                                        Optional.empty(),
                                        OptionalInt.empty())))
                .isGreaterThan(1_000_000);
    }

    private static long weight(Input input) {
        return RequestWeight.of(input, 1_000);
    }

    private static OpenStates.Kept kept(int bytes) {
        return new OpenStates.Kept(
                Lifecycle.UNSEEN, Map.of("part", new OpenStates.Part("part", bytes - 10)), 4, 6);
    }

    private static String changelog(String store) {
        return "test-" + store + "-changelog";
    }

    private List<String> changes(String store) {
        return dispatcher.records(changelog(store)).stream().map(TestRecord::key).toList();
    }

    private List<String> keys(String store) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all =
                dispatcher.driver().<String, byte[]>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
