package dev.brigade.dispatcher.scheduling;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.scheduling.QueueEvent.JobDone;
import dev.brigade.dispatcher.scheduling.QueueEvent.JobReady;
import dev.brigade.dispatcher.scheduling.QueueEvent.JobWithdrawn;
import dev.brigade.dispatcher.scheduling.QueueEvent.SlotsChanged;
import dev.brigade.dispatcher.scheduling.QueueEvent.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ModelQueueTest {

    private static final long AGING_MS = 30_000;

    private ModelQueue queue = ModelQueue.empty(QueueLimits.DEFAULTS);
    private final Map<String, QueueEntry> stored = new LinkedHashMap<>();
    private ModelState state = ModelState.EMPTY;
    private long nowMs;

    @Test
    void nothingGoesOutWithoutAWorker() {
        assertThat(ready("a")).isEmpty();
        assertThat(slots("w", 1)).containsExactly("a");
    }

    @Test
    void onlyAsManyGoOutAsThereAreSlots() {
        slots("w1", 1);
        slots("w2", 2);
        assertThat(ready("a")).containsExactly("a");
        assertThat(ready("b")).containsExactly("b");
        assertThat(ready("c")).containsExactly("c");
        assertThat(ready("d")).isEmpty();
        assertThat(apply(new JobDone(id("b")))).containsExactly("d");
        assertThat(queue.out()).isEqualTo(3);
    }

    @Test
    void prefetchGoesOutBeyondTheSlotsButNotToNobody() {
        queue = ModelQueue.empty(new QueueLimits(10, 2, AGING_MS, 8));
        assertThat(ready("a")).isEmpty();
        slots("w", 1);
        ready("b");
        ready("c");
        ready("d");
        assertThat(queue.out()).isEqualTo(3);
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void doneAndWithdrawnFreeAPlaceOnceHoweverOftenTheyCome() {
        slots("w", 1);
        ready("a");
        ready("b");
        ready("c");
        assertThat(apply(new JobDone(id("a")))).containsExactly("b");
        assertThat(apply(new JobDone(id("a")))).isEmpty();
        assertThat(apply(new JobWithdrawn(id("a")))).isEmpty();
        assertThat(apply(new JobDone(id("unknown")))).isEmpty();
        assertThat(apply(new JobWithdrawn(id("b")))).containsExactly("c");
        assertThat(queue.out()).isEqualTo(1);
    }

    @Test
    void aWithdrawnJobNeverGoesOut() {
        ready("a");
        ready("b");
        apply(new JobWithdrawn(id("a")));
        assertThat(slots("w", 2)).containsExactly("b");
    }

    @Test
    void aJobThatIsKnownIsNotTakenAgain() {
        ready("a");
        assertThat(ready("a")).isEmpty();
        slots("w", 3);
        assertThat(ready("a")).isEmpty();
        assertThat(queue.out()).isEqualTo(1);
    }

    @Test
    void aWorkerThatIsNotHeardOfTakesNothing() {
        slots("w", 1);
        nowMs = 10_000;
        assertThat(ready("a")).isEmpty();
        assertThat(queue.slots()).isZero();
        assertThat(slots("w", 1)).containsExactly("a");
    }

    @Test
    void aTickNoticesThatAWorkerHasGone() {
        slots("w", 1);
        nowMs = 10_000;
        apply(new Tick());
        assertThat(queue.slots()).isZero();
        assertThat(state.workers()).isEmpty();
    }

    @Test
    void aWorkerWithoutSlotsIsOut() {
        slots("w", 2);
        slots("w", 0);
        assertThat(ready("a")).isEmpty();
    }

    @Test
    void fewerSlotsLetNothingOutUntilEnoughAreDone() {
        slots("w", 2);
        ready("a");
        ready("b");
        ready("c");
        slots("w", 1);
        assertThat(apply(new JobDone(id("a")))).isEmpty();
        assertThat(apply(new JobDone(id("b")))).containsExactly("c");
    }

    @Test
    void aHighJobBehindAThousandLowOnesTakesTheNextFreeSlot() {
        slots("w", 1);
        ready("running");
        for (int i = 0; i < 1_000; i++) {
            ready(request("low" + i).priority(Priority.LOW).tenant("t" + i % 7).job("m"));
        }
        ready(request("high").priority(Priority.HIGH).tenant("t3").job("m"));
        assertThat(queue.position(id("high"))).isEqualTo(OptionalInt.of(0));
        assertThat(apply(new JobDone(id("running")))).containsExactly("high");
    }

    @Test
    void aHighJobTakesTheNextFreeSlotBeforeAThousandAgedOnes() {
        slots("w", 1);
        ready("running");
        for (int i = 0; i < 1_000; i++) {
            ready(late("low" + i).priority(Priority.LOW).job("m"));
        }
        nowMs = 2 * AGING_MS;
        slots("w", 1);
        ready(late("high").priority(Priority.HIGH).job("m"));
        assertThat(apply(new JobDone(id("running")))).containsExactly("high");
    }

    @Test
    void classesGoInOrder() {
        ready(request("low").priority(Priority.LOW).job("m"));
        ready(request("normal").priority(Priority.NORMAL).job("m"));
        ready(request("high").priority(Priority.HIGH).job("m"));
        assertThat(slots("w", 3)).containsExactly("high", "normal", "low");
    }

    @Test
    void aLowJobThatWaitedCountsAsNormal() {
        ready(late("low").priority(Priority.LOW).job("m"));
        nowMs = AGING_MS;
        ready(late("normal").priority(Priority.NORMAL).deadlineAtMs(2_000_000).job("m"));
        assertThat(slots("w", 2)).containsExactly("low", "normal");
    }

    @Test
    void aLowJobThatHasNotWaitedLongEnoughDoesNot() {
        ready(late("low").priority(Priority.LOW).job("m"));
        nowMs = AGING_MS - 1;
        ready(late("normal").priority(Priority.NORMAL).job("m"));
        assertThat(slots("w", 2)).containsExactly("normal", "low");
    }

    @Test
    void aStreamOfHighJobsLetsAnAgedOneThroughEveryNineTurns() {
        ready(late("low").priority(Priority.LOW).job("m"));
        nowMs = 2 * AGING_MS;
        for (int i = 0; i < 20; i++) {
            ready(late("high" + i).priority(Priority.HIGH).job("m"));
        }
        assertThat(slots("w", 20).indexOf("low")).isEqualTo(8);
    }

    @Test
    void aStreamOfHighJobsDoesNotYieldToFreshOnes() {
        ready(late("low").priority(Priority.LOW).job("m"));
        for (int i = 0; i < 20; i++) {
            ready(late("high" + i).priority(Priority.HIGH).job("m"));
        }
        assertThat(slots("w", 21).getLast()).isEqualTo("low");
    }

    @Test
    void tenantsTakeTurns() {
        for (int i = 0; i < 4; i++) {
            ready(request("a" + i).tenant("a").job("m"));
        }
        ready(request("b0").tenant("b").job("m"));
        ready(request("b1").tenant("b").job("m"));
        ready(request("c0").tenant("c").job("m"));
        assertThat(slots("w", 7)).containsExactly("a0", "b0", "c0", "a1", "b1", "a2", "a3");
    }

    @Test
    void leavingAndComingBackGainsNoTurn() {
        for (int i = 0; i < 3; i++) {
            ready(request("a" + i).tenant("a").job("m"));
            ready(request("b" + i).tenant("b").job("m"));
        }
        assertThat(slots("w", 1)).containsExactly("a0");
        assertThat(apply(new JobDone(id("a0")))).containsExactly("b0");
        ready(request("c0").tenant("c").job("m"));
        assertThat(apply(new JobDone(id("b0")))).containsExactly("a1");
        assertThat(apply(new JobDone(id("a1")))).containsExactly("b1");
        assertThat(apply(new JobDone(id("b1")))).containsExactly("c0");
        ready(request("c1").tenant("c").job("m"));
        assertThat(apply(new JobDone(id("c0")))).containsExactly("a2");
        assertThat(apply(new JobDone(id("a2")))).containsExactly("b2");
        assertThat(apply(new JobDone(id("b2")))).containsExactly("c1");
    }

    @Test
    void withinATenantTheEarliestDeadlineGoesThenTheFirstCome() {
        ready(request("d3").deadlineAtMs(3_000).job("m"));
        ready(request("d1").deadlineAtMs(1_000).job("m"));
        ready(request("d2").deadlineAtMs(2_000).job("m"));
        ready(request("d2b").deadlineAtMs(2_000).job("m"));
        assertThat(slots("w", 4)).containsExactly("d1", "d2", "d2b", "d3");
    }

    @Test
    void aJobPastItsDeadlineIsDroppedAndTakesNoPlace() {
        ready(request("dead").deadlineAtMs(5_000).job("m"));
        ready(request("alive").deadlineAtMs(5_001).job("m"));
        nowMs = 5_000;
        List<QueueCommand> commands = raw(new SlotsChanged("w", 1, 10_000));
        assertThat(released(commands)).containsExactly("alive");
        assertThat(commands).contains(new QueueCommand.Remove(id("dead")));
        assertThat(commands)
                .anyMatch(each -> each instanceof QueueCommand.Release out && out.budgetMs() == 1);
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void aFullQueueRefuses() {
        queue = ModelQueue.empty(new QueueLimits(2, 0, AGING_MS, 8));
        ready("a");
        ready("b");
        Job third = request("c").job("m");
        assertThat(raw(new JobReady(third)))
                .containsExactly(new QueueCommand.Refuse(third, Code.QUEUE_FULL));
        apply(new JobWithdrawn(id("a")));
        assertThat(ready("c")).isEmpty();
        assertThat(queue.waiting()).isEqualTo(2);
    }

    @Test
    void positionsAreTheOrderInWhichJobsGo() {
        ready(request("a1").tenant("a").job("m"));
        ready(request("a2").tenant("a").job("m"));
        ready(request("b1").tenant("b").job("m"));
        ready(request("c1").tenant("c").priority(Priority.HIGH).job("m"));
        ready(request("b2").tenant("b").job("m"));
        ready(request("a3").tenant("a").job("m"));
        ready(request("l1").tenant("a").priority(Priority.LOW).job("m"));
        var positions = new ArrayList<Integer>();
        for (String name : List.of("c1", "a1", "b1", "a2", "b2", "a3", "l1")) {
            positions.add(queue.position(id(name)).orElseThrow());
        }
        assertThat(positions).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(slots("w", 7)).containsExactly("c1", "a1", "b1", "a2", "b2", "a3", "l1");
        assertThat(queue.position(id("a1"))).isEmpty();
    }

    @Test
    void aRestoredQueueGoesOnAsIfNothingHadBeen() {
        var limits = new QueueLimits(1_000, 0, AGING_MS, 2);
        queue = ModelQueue.empty(limits);
        slots("w", 2);
        for (int i = 0; i < 60; i++) {
            nowMs += 700;
            Priority priority = List.of(Priority.values()).get(i % 3);
            ready(late("r" + i).tenant("t" + i % 4).priority(priority).job("m"));
        }
        ModelQueue other = ModelQueue.restore(limits, state, json(stored.values()));
        ModelQueue original = queue;
        for (int i = 0; i < 60; i++) {
            nowMs += 1_000;
            var done =
                    new JobDone(
                            stored.values().stream()
                                    .filter(QueueEntry.Out.class::isInstance)
                                    .findFirst()
                                    .map(QueueEntry::jobId)
                                    .orElse("none"));
            var renewed = new SlotsChanged("w", 2, 10_000);
            queue = other;
            List<String> restored = new ArrayList<>(released(other.apply(done, nowMs)));
            restored.addAll(released(other.apply(renewed, nowMs)));
            queue = original;
            List<String> kept = new ArrayList<>(apply(done));
            kept.addAll(apply(renewed));
            assertThat(restored).isEqualTo(kept);
        }
        assertThat(original.waiting()).isZero();
    }

    @Test
    void whatIsStoredSurvivesJson() {
        ready(request("a").json().job("m"));
        ready("b");
        slots("w", 1);
        var mapper = JsonMapper.builder().build();
        stored.values()
                .forEach(entry ->
                        assertThat(
                                        mapper.readValue(
                                                mapper.writeValueAsString(entry), QueueEntry.class))
                                .isEqualTo(entry));
        assertThat(mapper.readValue(mapper.writeValueAsString(state), ModelState.class))
                .isEqualTo(state);
    }

    @Test
    void idleTenantsAreForgotten() {
        slots("w", 10_000);
        for (int i = 0; i < 2_000; i++) {
            ready(request("r" + i).tenant("t" + i).job("m"));
        }
        assertThat(state.tenantTurns()).hasSizeLessThanOrEqualTo(257);
    }

    @Test
    void limitsAreChecked() {
        assertThat(QueueLimits.DEFAULTS).isEqualTo(new QueueLimits(10_000, 0, 30_000, 8));
        assertThatThrownBy(() -> new QueueLimits(0, 0, 30_000, 8))
                .hasMessage("maxWaiting must be 1 to 1000000, was 0");
        assertThatThrownBy(() -> new QueueLimits(1, -1, 30_000, 8))
                .hasMessage("prefetch must be 0 to 1000, was -1");
        assertThatThrownBy(() -> new QueueLimits(1, 0, 999, 8))
                .hasMessage("agingMs must be 1000 to 86400000, was 999");
        assertThatThrownBy(() -> new QueueLimits(1, 0, 30_000, 0))
                .hasMessage("maxHighRun must be 1 to 1000, was 0");
    }

    private static Iterable<QueueEntry> json(Iterable<QueueEntry> entries) {
        var mapper = JsonMapper.builder().build();
        var copies = new ArrayList<QueueEntry>();
        entries.forEach(entry ->
                copies.add(mapper.readValue(mapper.writeValueAsString(entry), QueueEntry.class)));
        return copies;
    }

    private static TestingRequest late(String name) {
        return request(name).deadlineAtMs(1_000_000);
    }

    private static String id(String name) {
        return name + "/answer/1";
    }

    private List<String> ready(String name) {
        return ready(late(name).job("m"));
    }

    private List<String> ready(Job job) {
        return apply(new JobReady(job));
    }

    private List<String> slots(String worker, int slots) {
        return apply(new SlotsChanged(worker, slots, 10_000));
    }

    private List<String> apply(QueueEvent event) {
        return released(raw(event));
    }

    private List<QueueCommand> raw(QueueEvent event) {
        List<QueueCommand> commands = queue.apply(event, nowMs);
        for (QueueCommand command : commands) {
            switch (command) {
                case QueueCommand.Store store -> stored.put(store.entry().jobId(), store.entry());
                case QueueCommand.Remove remove -> stored.remove(remove.jobId());
                case QueueCommand.StoreModel model -> state = model.state();
                case QueueCommand.Release _, QueueCommand.Refuse _ -> {}
            }
        }
        assertThat(stored).hasSize(queue.waiting() + queue.out());
        return commands;
    }

    /** Request ids of the jobs that went out, in order. */
    private static List<String> released(List<QueueCommand> commands) {
        var names = new ArrayList<String>();
        for (QueueCommand command : commands) {
            if (command instanceof QueueCommand.Release release) {
                names.add(release.job().requestId());
            }
        }
        return names;
    }
}
