package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.planning.TestingPlanner;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.dispatcher.saga.Decision;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.dispatcher.saga.Limits;
import dev.brigade.dispatcher.saga.RequestMachine;
import dev.brigade.dispatcher.saga.Visits;
import dev.brigade.dispatcher.scheduling.ModelQueue;
import dev.brigade.dispatcher.scheduling.ModelState;
import dev.brigade.dispatcher.scheduling.QueueCommand;
import dev.brigade.dispatcher.scheduling.QueueEntry;
import dev.brigade.dispatcher.scheduling.QueueEvent;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The shell: stores, logs and timers around the pure core, exactly once. It crashes between two
 * events (what it had decided is undone, what was stored is restored) and stands still at times.
 */
final class SimulatedDispatcher {

    static final Limits LIMITS = Limits.DEFAULTS;
    static final QueueLimits QUEUE_LIMITS = new QueueLimits(15, 1, 2_000, 2);

    /** Where commands leave the dispatcher. */
    interface Outside {
        void release(QueueCommand.Release release);

        void cancel(Command.CancelAttempt cancel);

        void undo(Compensation compensation);
    }

    /** Who has an idempotency key; with a checkpoint, who had it and gave it back. */
    private record Holder(String requestId, Optional<Checkpoint> checkpoint) {}

    private static final class StoredQueue {
        final Map<String, QueueEntry> entries = new LinkedHashMap<>();
        ModelState state = ModelState.EMPTY;
        ModelQueue queue = ModelQueue.empty(QUEUE_LIMITS);
    }

    private final World world;
    private final Outside outside;
    private final HistoryChecker checker;
    private final Visits visits;
    private final Supplier<Fleet> fleet;
    private final RequestMachine machine =
            new RequestMachine(TestingPlanner.planner(), TestingPlanner.PROMPTS, LIMITS);
    private final Map<String, Lifecycle> lifecycles = new LinkedHashMap<>();
    private final Map<String, Long> timers = new LinkedHashMap<>();
    private final Map<String, StoredQueue> queues = new LinkedHashMap<>();
    private final Map<String, Holder> claims = new LinkedHashMap<>();
    private final Deque<Runnable> inbox = new ArrayDeque<>();
    private final List<Object> trace = new ArrayList<>();
    private boolean down;

    SimulatedDispatcher(
            World world,
            Outside outside,
            HistoryChecker checker,
            Visits visits,
            Supplier<Fleet> fleet) {
        this.world = world;
        this.outside = outside;
        this.checker = checker;
        this.visits = visits;
        this.fleet = fleet;
    }

    /** Everything that was decided, in order. */
    List<Object> trace() {
        return trace;
    }

    /** An event's record was appended. */
    void event(Event event) {
        whenUp(() -> handle(event));
    }

    /** A queue event's record was appended. */
    void queueEvent(String model, QueueEvent event) {
        whenUp(() -> handle(model, event));
    }

    /** Stands still; then restores its queues from what was stored. */
    void crash(long pauseMs) {
        down = true;
        world.disturb(world.nowMs() + pauseMs + 1_000);
        world.after(
                pauseMs,
                () -> {
                    queues.values().forEach(SimulatedDispatcher::restore);
                    down = false;
                    while (!inbox.isEmpty()) {
                        inbox.remove().run();
                    }
                    timers.forEach((id, atMs) -> planTimer(id, atMs));
                });
    }

    int open() {
        return (int) lifecycles.values().stream().filter(Lifecycle.Open.class::isInstance).count();
    }

    int remembered() {
        return lifecycles.size();
    }

    Map<String, int[]> queueSizes() {
        var sizes = new LinkedHashMap<String, int[]>();
        queues.forEach((model, stored) ->
                sizes.put(
                        model,
                        new int[] {
                            stored.queue.waiting(), stored.queue.out(), stored.entries.size()
                        }));
        return sizes;
    }

    private void whenUp(Runnable work) {
        if (down) {
            inbox.add(work);
        } else {
            work.run();
        }
    }

    private void handle(Event event) {
        Lifecycle before = lifecycles.getOrDefault(event.requestId(), Lifecycle.UNSEEN);
        Decision decision = machine.decide(before, event, fleet.get(), world.nowMs());
        visits.note(before, event, world.nowMs(), decision);
        checker.decided(
                before, event, world.nowMs(), decision, world.calmSince(world.nowMs() - 5_000));
        trace.add(decision);
        if (decision.next() instanceof Lifecycle.Unseen) {
            lifecycles.remove(event.requestId());
        } else {
            lifecycles.put(event.requestId(), decision.next());
        }
        decision.commands().forEach(this::carryOut);
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.EnqueueJob enqueue ->
                    toQueue(enqueue.job().model(), new QueueEvent.JobReady(enqueue.job()));
            case Command.WithdrawJob withdraw ->
                    toQueue(withdraw.model(), new QueueEvent.JobWithdrawn(withdraw.jobId()));
            case Command.FreeSlot free ->
                    toQueue(free.model(), new QueueEvent.JobDone(free.jobId()));
            case Command.CancelAttempt cancel ->
                    world.send("control", 20, () -> outside.cancel(cancel));
            case Command.Claim claim -> claim(claim);
            case Command.SetTimer timer -> {
                timers.put(timer.requestId(), timer.atMs());
                planTimer(timer.requestId(), timer.atMs());
            }
            case Command.ReleaseClaim release ->
                    world.send(
                            "claims",
                            10,
                            () ->
                                    claims.put(
                                            release.tenant() + "|" + release.key(),
                                            new Holder(
                                                    release.requestId(),
                                                    Optional.of(release.checkpoint()))));
            case Command.UndoEffect undo ->
                    world.send("effects", 20, () -> outside.undo(undo.compensation()));
            case Command.SendReply _,
                    Command.RecordUsage _,
                    Command.DeadLetter _,
                    Command.Compensate _,
                    Command.ParkCompensation _,
                    Command.ReleasePins _,
                    Command.RetractDraft _,
                    Command.PublishProgress _,
                    Command.PublishResults _ -> {}
        }
    }

    private void toQueue(String model, QueueEvent event) {
        world.send("requests to " + model, 5, () -> queueEvent(model, event));
    }

    private void claim(Command.Claim claim) {
        world.send(
                "claims",
                10,
                () -> {
                    String key = claim.tenant() + "|" + claim.key();
                    Optional<Holder> holder = Optional.ofNullable(claims.get(key));
                    boolean free = holder.flatMap(Holder::checkpoint).isPresent();
                    if (holder.isEmpty() || free) {
                        claims.put(key, new Holder(claim.requestId(), Optional.empty()));
                        answer(
                                new Event.ClaimGranted(
                                        claim.requestId(), holder.flatMap(Holder::checkpoint)));
                    } else {
                        answer(new Event.ClaimRefused(claim.requestId(), holder.get().requestId()));
                    }
                });
    }

    private void answer(Event claimAnswer) {
        world.send("claim answers", 10, () -> event(claimAnswer));
    }

    private void planTimer(String id, long atMs) {
        long lagMs = world.between(0, 50);
        world.after(Math.max(0, atMs - world.nowMs()) + lagMs, () -> fire(id, atMs));
    }

    private void fire(String id, long atMs) {
        if (!down && timers.getOrDefault(id, -1L) == atMs) {
            timers.remove(id);
            handle(new Event.TimerFired(id));
        }
    }

    private void handle(String model, QueueEvent event) {
        StoredQueue stored = queues.computeIfAbsent(model, _ -> new StoredQueue());
        if (world.chance(0.02)) {
            stored.queue.apply(event, world.nowMs());
            restore(stored);
        }
        List<QueueCommand> commands = stored.queue.apply(event, world.nowMs());
        trace.add(commands);
        checker.queued(model, event, world.nowMs(), commands);
        commands.forEach(command -> carryOut(stored, command));
    }

    private static void restore(StoredQueue stored) {
        stored.queue = ModelQueue.restore(QUEUE_LIMITS, stored.state, stored.entries.values());
    }

    private void carryOut(StoredQueue stored, QueueCommand command) {
        switch (command) {
            case QueueCommand.Store store ->
                    stored.entries.put(store.entry().jobId(), store.entry());
            case QueueCommand.Remove remove -> stored.entries.remove(remove.jobId());
            case QueueCommand.StoreModel model -> stored.state = model.state();
            case QueueCommand.Release release -> {
                var job = release.job();
                var event = new Event.JobReleased(job.requestId(), job.stage(), job.id());
                world.send("scheduler", 5, () -> event(event));
                world.send("scheduler", 5, () -> outside.release(release));
            }
            case QueueCommand.Refuse refuse -> {
                var job = refuse.job();
                var event =
                        new Event.JobRefused(job.requestId(), job.stage(), job.id(), refuse.code());
                world.send("scheduler", 5, () -> event(event));
            }
        }
    }

    /** The request's record was appended. */
    void request(Request request) {
        world.send("requests", 5, () -> event(new Event.RequestArrived(request)));
    }

    void cancelRequest(String id) {
        world.send("requests", 5, () -> event(new Event.CancelArrived(id)));
    }
}
