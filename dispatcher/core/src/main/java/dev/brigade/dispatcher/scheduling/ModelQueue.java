package dev.brigade.dispatcher.scheduling;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.scheduling.Lanes.Lane;
import dev.brigade.dispatcher.scheduling.QueueEvent.JobDone;
import dev.brigade.dispatcher.scheduling.QueueEvent.JobReady;
import dev.brigade.dispatcher.scheduling.QueueEvent.JobWithdrawn;
import dev.brigade.dispatcher.scheduling.QueueEvent.SlotsChanged;
import dev.brigade.dispatcher.scheduling.QueueEvent.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The queue of one model: who goes next, and how many are out. One thread owns it. It holds in
 * memory what its commands tell the shell to store, and is rebuilt from that by {@link #restore};
 * the same history then gives the same releases. An event costs O(log n) for n waiting jobs.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A job id waits, is out, or is unknown. Only an event by its id frees its place.
 *   <li>A job goes out only while fewer are out than live slots plus prefetch; none while no worker
 *       lives.
 *   <li>A job past its deadline is dropped.
 *   <li>A high job goes before any other, but after {@code maxHighRun} of them in a row one aged
 *       job goes where one waits: without that turn a stream of high jobs would starve the rest.
 *   <li>A low job counts as normal after {@code agingMs}; a normal one, and a low one after twice
 *       that, as aged.
 * </ul>
 */
public final class ModelQueue {

    private final QueueLimits limits;
    private final Map<String, Placed> waiting = new HashMap<>();
    private final Set<String> out = new HashSet<>();
    private final TreeMap<String, ModelState.Slots> workers;
    private final Turns turns;
    private final Lanes lanes;
    private final TreeSet<QueueEntry.Waiting> byDeadline = new TreeSet<>(Lanes.BY_DEADLINE);
    private final TreeSet<Aging> aging = new TreeSet<>(Aging.SOONEST);
    private long nextSequence;
    private int highRun;
    private boolean modelChanged;

    /** A waiting job and its lane. */
    private record Placed(QueueEntry.Waiting entry, Lane lane) {}

    /** When a job rises. */
    private record Aging(long atMs, long sequence, String jobId) {
        static final Comparator<Aging> SOONEST =
                Comparator.comparingLong(Aging::atMs).thenComparingLong(Aging::sequence);
    }

    private ModelQueue(QueueLimits limits, ModelState state) {
        this.limits = limits;
        this.workers = new TreeMap<>(state.workers());
        this.turns = new Turns(state.turn(), state.tenantTurns());
        this.lanes = new Lanes(turns);
        this.highRun = state.highRun();
    }

    /** A queue with nothing in it. */
    public static ModelQueue empty(QueueLimits limits) {
        return new ModelQueue(limits, ModelState.EMPTY);
    }

    /** The queue whose commands stored this. The order of the entries does not matter. */
    public static ModelQueue restore(
            QueueLimits limits, ModelState state, Iterable<QueueEntry> entries) {
        var queue = new ModelQueue(limits, state);
        for (QueueEntry entry : entries) {
            switch (entry) {
                case QueueEntry.Out released -> queue.out.add(released.jobId());
                case QueueEntry.Waiting waiting -> {
                    queue.turns.join(waiting.job().tenant());
                    queue.place(waiting, queue.laneOnArrival(waiting.job()));
                    queue.nextSequence = Math.max(queue.nextSequence, waiting.sequence() + 1);
                }
            }
        }
        return queue;
    }

    /** What follows from an event; commands are to be carried out in order. */
    public List<QueueCommand> apply(QueueEvent event, long nowMs) {
        var commands = new ArrayList<QueueCommand>();
        modelChanged = false;
        expireWorkers(nowMs);
        dropExpired(nowMs, commands);
        raiseAged(nowMs);
        switch (event) {
            case JobReady ready -> ready(ready.job(), nowMs, commands);
            case JobWithdrawn withdrawn -> forget(withdrawn.jobId(), commands);
            case JobDone done -> forget(done.jobId(), commands);
            case SlotsChanged slots -> slots(slots, nowMs);
            case Tick _ -> {}
        }
        release(nowMs, commands);
        if (modelChanged) {
            turns.forget(lanes::waits);
            commands.add(new QueueCommand.StoreModel(state()));
        }
        return commands;
    }

    /** Jobs that go before this one if none comes or leaves; empty where it does not wait. */
    public OptionalInt position(String jobId) {
        return Optional.ofNullable(waiting.get(jobId))
                .map(placed -> OptionalInt.of(lanes.ahead(placed.lane(), placed.entry())))
                .orElse(OptionalInt.empty());
    }

    public int waiting() {
        return waiting.size();
    }

    public int out() {
        return out.size();
    }

    /** Places of live workers, as of the last event. */
    public int slots() {
        return workers.values().stream().mapToInt(ModelState.Slots::slots).sum();
    }

    private void ready(Job job, long nowMs, List<QueueCommand> commands) {
        boolean known = waiting.containsKey(job.id()) || out.contains(job.id());
        if (known || job.deadlineAtMs() <= nowMs) {
            return;
        }
        if (waiting.size() >= limits.maxWaiting()) {
            commands.add(new QueueCommand.Refuse(job, Code.QUEUE_FULL));
            return;
        }
        modelChanged |= turns.join(job.tenant());
        var entry = new QueueEntry.Waiting(job, nowMs, nextSequence++);
        place(entry, laneOnArrival(job));
        commands.add(new QueueCommand.Store(entry));
    }

    private void forget(String jobId, List<QueueCommand> commands) {
        Placed placed = waiting.get(jobId);
        if (placed != null) {
            unplace(placed);
            commands.add(new QueueCommand.Remove(jobId));
        } else if (out.remove(jobId)) {
            commands.add(new QueueCommand.Remove(jobId));
        }
    }

    private void slots(SlotsChanged event, long nowMs) {
        if (event.slots() <= 0) {
            modelChanged |= workers.remove(event.workerId()) != null;
            return;
        }
        workers.put(event.workerId(), new ModelState.Slots(event.slots(), nowMs + event.ttlMs()));
        modelChanged = true;
    }

    private void expireWorkers(long nowMs) {
        modelChanged |= workers.values().removeIf(slots -> slots.validUntilMs() <= nowMs);
    }

    /** Their requests expire by themselves. */
    private void dropExpired(long nowMs, List<QueueCommand> commands) {
        while (!byDeadline.isEmpty() && byDeadline.first().job().deadlineAtMs() <= nowMs) {
            forget(byDeadline.first().jobId(), commands);
        }
    }

    private void release(long nowMs, List<QueueCommand> commands) {
        while (out.size() < capacity()) {
            Optional<Lane> lane = nextLane();
            if (lane.isEmpty()) {
                return;
            }
            QueueEntry.Waiting entry = lanes.head(lane.get()).orElseThrow();
            unplace(new Placed(entry, lane.get()));
            countTurn(lane.get(), entry.job().tenant());
            out.add(entry.jobId());
            commands.add(new QueueCommand.Store(new QueueEntry.Out(entry.jobId(), nowMs)));
            commands.add(new QueueCommand.Release(entry.job(), entry.job().deadlineAtMs() - nowMs));
        }
    }

    private int capacity() {
        int slots = slots();
        return slots == 0 ? 0 : slots + limits.prefetch();
    }

    private Optional<Lane> nextLane() {
        boolean agedTurn = highRun >= limits.maxHighRun() && !lanes.isEmpty(Lane.AGED);
        if (agedTurn) {
            return Optional.of(Lane.AGED);
        }
        for (Lane lane : Lane.values()) {
            if (!lanes.isEmpty(lane)) {
                return Optional.of(lane);
            }
        }
        return Optional.empty();
    }

    /** High jobs count only while they pass an aged one: with none waiting they never yield. */
    private void countTurn(Lane lane, String tenant) {
        highRun = lane == Lane.HIGH && !lanes.isEmpty(Lane.AGED) ? highRun + 1 : 0;
        lanes.served(tenant);
        modelChanged = true;
    }

    private Lane laneOnArrival(Job job) {
        return switch (job.priority()) {
            case HIGH -> Lane.HIGH;
            case NORMAL -> Lane.NORMAL;
            case LOW -> Lane.LOW;
        };
    }

    private void place(QueueEntry.Waiting entry, Lane lane) {
        waiting.put(entry.jobId(), new Placed(entry, lane));
        lanes.add(lane, entry);
        byDeadline.add(entry);
        aging(entry, lane).ifPresent(aging::add);
    }

    private void unplace(Placed placed) {
        waiting.remove(placed.entry().jobId());
        lanes.remove(placed.lane(), placed.entry());
        byDeadline.remove(placed.entry());
        aging(placed.entry(), placed.lane()).ifPresent(aging::remove);
    }

    private Optional<Aging> aging(QueueEntry.Waiting entry, Lane lane) {
        if (lane != Lane.NORMAL && lane != Lane.LOW) {
            return Optional.empty();
        }
        boolean second = lane == Lane.NORMAL && entry.job().priority() == Priority.LOW;
        long atMs = entry.enqueuedAtMs() + limits.agingMs() * (second ? 2 : 1);
        return Optional.of(new Aging(atMs, entry.sequence(), entry.jobId()));
    }

    private void raiseAged(long nowMs) {
        while (!aging.isEmpty() && aging.first().atMs() <= nowMs) {
            Placed placed = waiting.get(aging.first().jobId());
            if (placed == null) {
                throw new IllegalStateException("ages but does not wait: " + aging.first());
            }
            unplace(placed);
            place(placed.entry(), placed.lane() == Lane.LOW ? Lane.NORMAL : Lane.AGED);
        }
    }

    private ModelState state() {
        return new ModelState(turns.turn(), highRun, workers, turns.lastTurns());
    }
}
