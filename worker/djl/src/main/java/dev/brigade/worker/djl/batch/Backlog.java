package dev.brigade.worker.djl.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The calls that wait for the model, oldest first, and what is to be done with them. Knows no
 * thread and no clock: the same calls and times give the same batches. Not thread-safe.
 *
 * <p>At most {@code settings.queue()} calls wait. A call leaves by exactly one way: in a batch, as
 * expired, by {@link #drain}, or, once it is over, in silence.
 */
final class Backlog<I, O> {

    private final BatchSettings settings;
    private final LatencyEstimate seen;
    private final List<Call<I, O>> waiting = new ArrayList<>();

    Backlog(BatchSettings settings, LatencyEstimate seen) {
        this.settings = settings;
        this.seen = seen;
    }

    int size() {
        return waiting.size();
    }

    /** Whether one more call may wait; those that are over do not count. */
    boolean hasRoom() {
        if (waiting.size() >= settings.queue()) {
            waiting.removeIf(Call::isOver);
        }
        return waiting.size() < settings.queue();
    }

    void add(Call<I, O> call) {
        if (!hasRoom()) {
            throw new IllegalStateException("the queue is full");
        }
        waiting.add(call);
    }

    /** What to do now. Calls that are to be expired or run are no longer waiting afterwards. */
    Next<I, O> next(long nowNanos) {
        waiting.removeIf(Call::isOver);
        List<Call<I, O>> expired =
                waiting.stream().filter(call -> call.isExpired(nowNanos)).toList();
        if (!expired.isEmpty()) {
            return new Next.Expire<>(taken(expired));
        }
        if (waiting.isEmpty()) {
            return new Next.Idle<>();
        }
        Gathered<I, O> batch =
                Gathered.of(
                        waiting,
                        settings.maxSize(),
                        settings.policy().budget(settings.budget(), seen));
        long left = batch.full() ? 0 : waitNanos(batch, nowNanos);
        return left > 0 ? new Next.Wait<>(left) : new Next.Run<>(taken(batch.calls()));
    }

    /** Takes all calls away. */
    List<Call<I, O>> drain() {
        List<Call<I, O>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** How long the batch may still wait: for its first call, and for its least patient one. */
    private long waitNanos(Gathered<I, O> batch, long nowNanos) {
        long waited = nowNanos - waiting.getFirst().arrivedNanos();
        long left = settings.policy().waitNanos(batch.units(), seen) - waited;
        for (Call<I, O> call : batch.calls()) {
            left = Math.min(left, call.arrivedNanos() + call.patienceNanos() - nowNanos);
        }
        return left;
    }

    private List<Call<I, O>> taken(List<Call<I, O>> calls) {
        Set<Call<I, O>> gone = new HashSet<>(calls);
        waiting.removeIf(gone::contains);
        return calls;
    }
}
