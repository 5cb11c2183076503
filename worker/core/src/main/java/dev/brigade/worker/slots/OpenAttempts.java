package dev.brigade.worker.slots;

import dev.brigade.contract.reply.EpochOrder;
import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Epoch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attempts that run on this worker, and the cancels of late, so that a cancel reaches a job
 * whether it comes before or after the job. Bounded: the oldest cancels are forgotten. Thread-safe.
 */
public final class OpenAttempts {

    private static final int MAX_REQUESTS = 10_000;
    private static final int MAX_CANCELS_OF_REQUEST = 8;

    private final Map<String, Attempt> open = new HashMap<>();
    private final Map<String, Deque<CancelAttempt>> cancels =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Deque<CancelAttempt>> e) {
                    return size() > MAX_REQUESTS;
                }
            };

    /** Enters an attempt, and stops it at once when a cancel has come before it. */
    public void open(Attempt attempt) {
        boolean cancelled;
        synchronized (this) {
            open.put(attempt.epoch().getAttemptId(), attempt);
            Deque<CancelAttempt> known = cancels.get(attempt.job().getRequestId());
            cancelled = known != null && known.stream().anyMatch(c -> concerns(c, attempt));
        }
        if (cancelled) {
            attempt.stop(Attempt.Stop.CANCELLED);
        }
    }

    /** Removes an attempt that has ended. */
    public synchronized void close(Attempt attempt) {
        open.remove(attempt.epoch().getAttemptId());
    }

    /** Stops the attempts that a cancel concerns, now and when they come later. */
    public void cancel(CancelAttempt cancel) {
        List<Attempt> due = new ArrayList<>();
        synchronized (this) {
            Deque<CancelAttempt> known =
                    cancels.computeIfAbsent(cancel.getRequestId(), id -> new ArrayDeque<>());
            if (known.size() == MAX_CANCELS_OF_REQUEST) {
                known.removeFirst();
            }
            known.addLast(cancel);
            open.values().stream().filter(a -> concerns(cancel, a)).forEach(due::add);
        }
        due.forEach(attempt -> attempt.stop(Attempt.Stop.CANCELLED));
    }

    private static boolean concerns(CancelAttempt cancel, Attempt attempt) {
        String jobId = cancel.getJobId();
        return cancel.getRequestId().equals(attempt.job().getRequestId())
                && (jobId == null || jobId.equals(attempt.job().getJobId()))
                && !goesOn(cancel.getKeep(), attempt.epoch());
    }

    /** Whether an attempt is the kept one or newer than it. */
    private static boolean goesOn(@org.jspecify.annotations.Nullable Epoch keep, Epoch epoch) {
        return keep != null
                && (EpochOrder.same(keep, epoch)
                        || EpochOrder.OLDEST_FIRST.compare(epoch, keep) > 0);
    }
}
