package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.scheduling.QueueEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker: takes jobs into its slots, tells of its attempts, obeys cancels. It may be killed (and
 * come back), or freeze and later go on as if nothing had been.
 */
final class SimulatedWorker {

    static final long TTL_MS = 20_000;
    private static final long HEARTBEAT_MS = 7_000;
    private static final long PROGRESS_MS = 5_000;

    /** What the worker runs. */
    private static final class Running {
        final Attempt attempt;
        final ShareGroup.Delivered record;
        final int lock;
        final long startedAtMs;
        boolean over;

        Running(Attempt attempt, ShareGroup.Delivered record, long startedAtMs) {
            this.attempt = attempt;
            this.record = record;
            this.lock = record.lock;
            this.startedAtMs = startedAtMs;
        }
    }

    private final World world;
    private final String id;
    private final int slots;
    private final Map<String, ShareGroup> groups;
    private final SimulatedDispatcher dispatcher;
    private final HistoryChecker checker;
    private final Set<String> poison;
    private final long heartbeatsUntilMs;
    private final List<Running> running = new ArrayList<>();
    private int life;
    private boolean alive = true;
    private long frozenUntilMs;
    private int attempts;

    SimulatedWorker(
            World world,
            String id,
            int slots,
            Map<String, ShareGroup> groups,
            SimulatedDispatcher dispatcher,
            HistoryChecker checker,
            Set<String> poison,
            long heartbeatsUntilMs) {
        this.world = world;
        this.id = id;
        this.slots = slots;
        this.groups = new LinkedHashMap<>(groups);
        this.dispatcher = dispatcher;
        this.checker = checker;
        this.poison = poison;
        this.heartbeatsUntilMs = heartbeatsUntilMs;
    }

    void start() {
        alive = true;
        heartbeat(life);
        poll();
    }

    boolean live() {
        return alive && !frozen();
    }

    int slots() {
        return slots;
    }

    int busy() {
        return running.size();
    }

    void kill(long backAfterMs) {
        if (!alive) {
            return;
        }
        alive = false;
        life++;
        world.loseUnsent(id);
        List<Running> dropped = List.copyOf(running);
        running.clear();
        long noticedMs = world.between(50, 300);
        for (Running each : dropped) {
            each.over = true;
            world.after(noticedMs, () -> group(each).release(each.record, each.lock));
        }
        world.after(backAfterMs, this::start);
    }

    void freeze(long ms) {
        frozenUntilMs = world.nowMs() + ms;
        world.disturb(frozenUntilMs + 1_000);
        world.after(ms + 1, this::poll);
    }

    /** Takes as many jobs as there are free slots, per model. */
    void poll() {
        if (!live()) {
            return;
        }
        groups.forEach((model, group) -> {
            while (occupied(model) < slots) {
                var record = group.acquire();
                if (record.isEmpty()) {
                    return;
                }
                begin(model, record.get());
            }
        });
    }

    private int occupied(String model) {
        int occupied = 0;
        for (Running each : running) {
            occupied += each.attempt.model().equals(model) ? 1 : 0;
        }
        return occupied;
    }

    /** Only attempts that are not newer than the one to keep must stop. */
    void cancel(Command.CancelAttempt cancel) {
        step(
                life,
                () -> {
                    for (Running each : List.copyOf(running)) {
                        Epoch own = each.attempt.epoch();
                        boolean meant =
                                each.attempt.requestId().equals(cancel.requestId())
                                        && cancel.jobId()
                                                .map(each.attempt.jobId()::equals)
                                                .orElse(true)
                                        && cancel.keep()
                                                .map(keep ->
                                                        !own.equals(keep) && !own.isNewerThan(keep))
                                                .orElse(true);
                        if (meant) {
                            end(each, failed(each, Code.CANCELLED, false, false));
                        }
                    }
                });
    }

    private void begin(String model, ShareGroup.Delivered record) {
        var epoch =
                new Epoch(
                        record.job.dispatch(),
                        record.deliveries,
                        id + "-" + life + "-" + ++attempts);
        var attempt =
                new Attempt(
                        record.job.requestId(),
                        record.job.stage(),
                        record.job.id(),
                        epoch,
                        id,
                        model);
        var now = new Running(attempt, record, world.nowMs());
        running.add(now);
        watchLock(now, life);
        say(new Event.AttemptStarted(attempt));
        if (world.nowMs() >= record.expiresAtMs) {
            end(now, failed(now, Code.DEADLINE_EXCEEDED, false, false));
            return;
        }
        progress(now, life);
        if (!world.chance(0.02)) {
            long workMs =
                    world.chance(0.1) ? world.between(30_000, 70_000) : world.between(20, 9_000);
            after(workMs, life, () -> finish(now));
        }
    }

    private void finish(Running now) {
        if (!now.over) {
            end(now, outcome(now));
        }
    }

    private Event outcome(Running now) {
        checker.ended(now.attempt, now.startedAtMs, world);
        if (poison.contains(now.attempt.requestId()) || world.chance(0.04)) {
            return failed(now, Code.ENGINE_CRASHED, true, true);
        }
        if (world.chance(0.12)) {
            return failed(now, Code.ENGINE_ERROR, true, false);
        }
        if (world.chance(0.04)) {
            return failed(now, Code.CONTEXT_LENGTH_EXCEEDED, false, false);
        }
        Epoch epoch = now.attempt.epoch();
        var answer =
                new Answer(
                        epoch,
                        SimulatedText.of(now.record.job, epoch, world),
                        "stop",
                        SimulatedText.usage(now.record.job, world),
                        new Timings(0, 1, world.nowMs() - now.startedAtMs),
                        5,
                        "digest of " + epoch.attemptId(),
                        new SimulatedImages(world).output(now.record.job.input()));
        checker.answered(answer);
        return new Event.AttemptFinished(now.attempt, answer);
    }

    private static Event failed(Running now, Code code, boolean retriable, boolean crashed) {
        return new Event.AttemptFailed(now.attempt, code, "simulated", retriable, crashed);
    }

    private void end(Running now, Event last) {
        if (now.over) {
            return;
        }
        now.over = true;
        say(last);
        if (!world.chance(0.05)) {
            String model = now.attempt.model();
            String jobId = now.attempt.jobId();
            world.send(id, 20, () -> dispatcher.queueEvent(model, new QueueEvent.JobDone(jobId)));
        }
        group(now).accept(now.record, now.lock);
        running.remove(now);
        poll();
    }

    private void progress(Running now, int since) {
        after(
                PROGRESS_MS,
                since,
                () -> {
                    if (!now.over) {
                        say(new Event.AttemptProgressed(now.attempt));
                        progress(now, since);
                    }
                });
    }

    /** The lock is renewed while the worker lives and is awake. */
    private void watchLock(Running now, int since) {
        world.after(
                ShareGroup.LOCK_MS,
                () -> {
                    if (now.over) {
                        return;
                    }
                    if (since == life && live() && !world.chance(0.02)) {
                        watchLock(now, since);
                    } else {
                        group(now).release(now.record, now.lock);
                    }
                });
    }

    private void heartbeat(int since) {
        if (since != life || world.nowMs() > heartbeatsUntilMs) {
            return;
        }
        if (!frozen()) {
            groups.keySet()
                    .forEach(model ->
                            world.send(
                                    id,
                                    20,
                                    () ->
                                            dispatcher.queueEvent(
                                                    model,
                                                    new QueueEvent.SlotsChanged(
                                                            id, slots, TTL_MS))));
        }
        world.after(HEARTBEAT_MS, () -> heartbeat(since));
    }

    /** Late, twice or never, but in order. */
    private void say(Event event) {
        if (world.chance(0.01)) {
            world.disturb(world.nowMs() + 6_000);
            return;
        }
        long mostDelayMs = world.chance(0.01) ? 60_000 : 20;
        if (mostDelayMs > 20) {
            world.disturb(world.nowMs() + mostDelayMs + 1_000);
        }
        world.send(id, mostDelayMs, () -> dispatcher.event(event));
        if (world.chance(0.03)) {
            world.after(world.between(20, 20_000), () -> dispatcher.event(event));
        }
    }

    private void after(long ms, int since, Runnable action) {
        world.after(ms, () -> step(since, action));
    }

    /** Does it now, after the thaw, or never if the process has died. */
    private void step(int since, Runnable action) {
        if (since != life || !alive) {
            return;
        }
        if (frozen()) {
            world.after(frozenUntilMs - world.nowMs(), () -> step(since, action));
        } else {
            action.run();
        }
    }

    private boolean frozen() {
        return world.nowMs() < frozenUntilMs;
    }

    private ShareGroup group(Running each) {
        @Nullable ShareGroup group = groups.get(each.attempt.model());
        if (group == null) {
            throw new IllegalStateException("no group of " + each.attempt.model());
        }
        return group;
    }
}
