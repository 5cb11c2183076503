package dev.brigade.dispatcher.simulation;

import static dev.brigade.dispatcher.simulation.HistoryChecker.require;

import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.scheduling.QueueCommand;
import dev.brigade.dispatcher.scheduling.QueueEvent;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is promised of one model's queue (G8, G10, no place lost), in plain linear code. */
final class QueueChecker {

    private record Waiting(Job job, long sinceMs) {}

    private record Slots(int slots, long untilMs) {}

    private static final QueueLimits LIMITS = SimulatedDispatcher.QUEUE_LIMITS;

    private final String model;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Set<String> out = new HashSet<>();
    private final Map<String, Slots> workers = new HashMap<>();
    private int highInARow;

    QueueChecker(String model) {
        this.model = model;
    }

    void applied(QueueEvent event, long nowMs, List<QueueCommand> commands) {
        workers.values().removeIf(slots -> slots.untilMs() <= nowMs);
        waiting.values().removeIf(each -> each.job().deadlineAtMs() <= nowMs);
        note(event, nowMs, commands);
        for (QueueCommand command : commands) {
            if (command instanceof QueueCommand.Release release) {
                released(release, nowMs);
            }
        }
        waiting.values().removeIf(each -> each.job().deadlineAtMs() <= nowMs);
        require(out.size() >= capacity() || waiting.isEmpty(), "a free place is used", model);
    }

    void finish() {
        require(waiting.isEmpty(), "nothing waits for ever", waiting);
        require(out.isEmpty(), "no place is lost", out);
    }

    private void note(QueueEvent event, long nowMs, List<QueueCommand> commands) {
        switch (event) {
            case QueueEvent.JobReady ready -> {
                boolean refused = commands.stream().anyMatch(QueueCommand.Refuse.class::isInstance);
                require(
                        !refused || waiting.size() >= LIMITS.maxWaiting(),
                        "refused only when full",
                        ready);
                if (!refused) {
                    waiting.put(ready.job().id(), new Waiting(ready.job(), nowMs));
                }
            }
            case QueueEvent.JobWithdrawn withdrawn -> end(withdrawn.jobId());
            case QueueEvent.JobDone done -> end(done.jobId());
            case QueueEvent.SlotsChanged slots ->
                    workers.put(slots.workerId(), new Slots(slots.slots(), nowMs + slots.ttlMs()));
            case QueueEvent.Tick _ -> {}
        }
    }

    private void end(String jobId) {
        waiting.remove(jobId);
        out.remove(jobId);
    }

    private void released(QueueCommand.Release release, long nowMs) {
        Job job = release.job();
        require(waiting.containsKey(job.id()), "only who waits goes", job);
        require(out.size() < capacity(), "no more out than places", job);
        require(job.deadlineAtMs() > nowMs, "G8: not past its deadline", job);
        require(release.budgetMs() == job.deadlineAtMs() - nowMs, "G8: exact budget", job);
        order(job, nowMs);
        waiting.remove(job.id());
        out.add(job.id());
    }

    private void order(Job job, long nowMs) {
        boolean high = job.priority() == Priority.HIGH;
        boolean agedTurn = highInARow >= LIMITS.maxHighRun() && isAged(job, nowMs);
        require(high || agedTurn || !lives(Priority.HIGH, nowMs), "G10: high goes first", job);
        require(
                job.priority() != Priority.LOW
                        || age(job, nowMs) >= LIMITS.agingMs()
                        || !lives(Priority.NORMAL, nowMs),
                "G10: a fresh low job waits for normal ones",
                job);
        boolean agedWaits =
                waiting.values().stream()
                        .anyMatch(each ->
                                !each.job().equals(job)
                                        && isAged(each.job(), nowMs)
                                        && each.job().deadlineAtMs() > nowMs);
        highInARow = high && agedWaits ? highInARow + 1 : 0;
        require(highInARow <= LIMITS.maxHighRun(), "G10: no starving", job);
        earliestOfItsKind(job, nowMs);
    }

    /** Within tenant and class, among the fresh, the earliest deadline goes first. */
    private void earliestOfItsKind(Job job, long nowMs) {
        for (Waiting other : waiting.values()) {
            Job rival = other.job();
            require(
                    !rival.tenant().equals(job.tenant())
                            || rival.priority() != job.priority()
                            || age(rival, nowMs) >= LIMITS.agingMs()
                            || age(job, nowMs) >= LIMITS.agingMs()
                            || rival.deadlineAtMs() >= job.deadlineAtMs()
                            || rival.deadlineAtMs() <= nowMs,
                    "earliest deadline first",
                    rival);
        }
    }

    private boolean lives(Priority priority, long nowMs) {
        for (Waiting each : waiting.values()) {
            if (each.job().priority() == priority && each.job().deadlineAtMs() > nowMs) {
                return true;
            }
        }
        return false;
    }

    private long age(Job job, long nowMs) {
        Waiting entry = waiting.get(job.id());
        return entry == null ? 0 : nowMs - entry.sinceMs();
    }

    private boolean isAged(Job job, long nowMs) {
        int steps = job.priority() == Priority.LOW ? 2 : 1;
        return job.priority() != Priority.HIGH && age(job, nowMs) >= LIMITS.agingMs() * steps;
    }

    private int capacity() {
        int slots = 0;
        for (Slots each : workers.values()) {
            slots += each.slots();
        }
        return slots == 0 ? 0 : slots + LIMITS.prefetch();
    }
}
