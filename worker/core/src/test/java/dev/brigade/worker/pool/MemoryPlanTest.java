package dev.brigade.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.worker.pool.MemoryPlan.Evict;
import dev.brigade.worker.pool.MemoryPlan.Fits;
import dev.brigade.worker.pool.MemoryPlan.Holding;
import dev.brigade.worker.pool.MemoryPlan.Refuse;
import dev.brigade.worker.pool.MemoryPlan.Wait;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

    private static final long NOW = 1_000;

    @Test
    void aModelThatFitsNeedsNothing() {
        assertThat(plan(100, 40, idle("a", 60, 1))).isEqualTo(new Fits());
    }

    @Test
    void theLongestUnusedIdleModelGoesFirstAndNoMoreThanNeeded() {
        assertThat(plan(100, 30, idle("new", 40, 900), idle("old", 40, 100), idle("mid", 20, 500)))
                .isEqualTo(new Evict(List.of("old")));
    }

    @Test
    void asManyGoAsAreNeeded() {
        assertThat(plan(100, 90, idle("new", 40, 900), idle("old", 40, 100)))
                .isEqualTo(new Evict(List.of("old", "new")));
    }

    @Test
    void aBusyModelStays() {
        assertThat(plan(100, 70, new Holding("busy", 50, false, false, 1), idle("idle", 50, 2)))
                .isInstanceOfSatisfying(
                        Refuse.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(
                                                "it needs about 70 MB, and 50 of 100 MB are taken by models that are at work or pinned"));
    }

    @Test
    void aModelOnItsWayOutIsWaitedFor() {
        assertThat(plan(100, 60, new Holding("leaving", 50, false, true, 1), idle("idle", 20, 2)))
                .isEqualTo(new Wait());
    }

    @Test
    void aModelLargerThanTheLimitIsRefused() {
        assertThat(plan(100, 101)).isInstanceOf(Refuse.class);
    }

    private static MemoryPlan plan(long limit, long needed, Holding... holdings) {
        return MemoryPlan.of(limit, needed, List.of(holdings), NOW);
    }

    private static Holding idle(String model, long mb, long lastUsed) {
        return new Holding(model, mb, true, false, lastUsed);
    }
}
