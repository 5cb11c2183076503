package dev.brigade.worker.djl.batch;

import dev.brigade.schema.Priority;
import dev.brigade.worker.turns.Shares;
import dev.brigade.worker.turns.Turns;
import java.util.List;

/**
 * The calls that wait for the model, by their turns, and what is to be done with them. Knows no
 * thread and no clock: the same calls and times give the same batches. Not thread-safe.
 *
 * <p>At most {@code settings.queue()} calls wait. A call leaves by exactly one way: in a batch, as
 * expired, by {@link #drain}, or, once it is over, in silence.
 */
final class Backlog<I, O> {

    private final BatchSettings settings;
    private final LatencyEstimate seen;
    private final Turns<Call<I, O>> waiting = new Turns<>();
    private final Shares shares;

    Backlog(BatchSettings settings, LatencyEstimate seen) {
        this.settings = settings;
        this.seen = seen;
        this.shares = settings.shares();
    }

    int size() {
        return waiting.size();
    }

    /** Whether one more call of a class may wait; those that are over do not count. */
    boolean hasRoom(Priority priority) {
        if (!shares.admits(priority, waiting::size)) {
            waiting.removeIf(Call::isOver);
        }
        return shares.admits(priority, waiting::size);
    }

    void add(Call<I, O> call) {
        if (!hasRoom(call.priority())) {
            throw new IllegalStateException("the queue is full");
        }
        waiting.add(call.priority(), call);
    }

    /** What to do now. Calls that are to be expired or run are no longer waiting afterwards. */
    Next<I, O> next(long nowNanos) {
        waiting.removeIf(Call::isOver);
        List<Call<I, O>> expired =
                waiting.inOrder().stream().filter(call -> call.isExpired(nowNanos)).toList();
        if (!expired.isEmpty()) {
            waiting.removeIf(expired::contains);
            return new Next.Expire<>(expired);
        }
        List<List<Call<I, O>>> tiers = waiting.tiers();
        if (tiers.isEmpty()) {
            return new Next.Idle<>();
        }
        Gathered<I, O> batch =
                Gathered.of(
                        tiers,
                        settings.maxSize(),
                        settings.policy().budget(settings.budget(), seen));
        long left = batch.full() ? 0 : waitNanos(batch, nowNanos);
        if (left > 0) {
            return new Next.Wait<>(left);
        }
        waiting.take(batch.calls());
        return new Next.Run<>(batch.calls());
    }

    /** Takes all calls away. */
    List<Call<I, O>> drain() {
        List<Call<I, O>> all = waiting.inOrder();
        waiting.removeIf(_ -> true);
        return all;
    }

    /** How long the batch may still wait: for its oldest call, and for its least patient one. */
    private long waitNanos(Gathered<I, O> batch, long nowNanos) {
        long most = settings.policy().waitNanos(batch.units(), seen);
        long left = Long.MAX_VALUE;
        for (Call<I, O> call : batch.calls()) {
            long patience = Math.min(most, call.patienceNanos());
            left = Math.min(left, call.arrivedNanos() + patience - nowNanos);
        }
        return left;
    }
}
