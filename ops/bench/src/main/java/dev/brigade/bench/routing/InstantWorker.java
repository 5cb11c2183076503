package dev.brigade.bench.routing;

import dev.brigade.bench.routing.Batch.Entry;
import dev.brigade.contract.reply.TextDigest;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptRef;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.SlotsChanged;
import dev.brigade.schema.Timings;
import dev.brigade.schema.Usage;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the dispatcher hears of a worker that has a place for every job and answers at once, so that
 * nothing but the dispatcher takes time.
 */
final class InstantWorker {

    static final String MODEL = "bench-instant";

    private static final String WORKER = "bench-worker";
    private static final int PLACES = 1_000_000;
    private static final long HOLDS_MS = Duration.ofHours(12).toMillis();
    private static final String TEXT = "An answer of one sentence, as short ones are.";

    private final AvroWire wire;

    InstantWorker(AvroWire wire) {
        this.wire = wire;
    }

    /** Its description, its heartbeat and its places. */
    List<Entry> announcement() {
        long now = System.currentTimeMillis();
        ModelDescription model =
                ModelDescription.newBuilder()
                        .setModel(MODEL)
                        .setBackend("bench")
                        .setRoles(List.of("primary"))
                        .setCapabilities(List.of("chat", "completion"))
                        .setContextLength(4096)
                        .setMemoryMb(1L)
                        .setCreatedAt(now)
                        .build();
        WorkerModel ready = new WorkerModel(MODEL, ModelState.READY, null, PLACES, 0, 100, null);
        WorkerStatus status =
                new WorkerStatus(
                        WORKER, "localhost", now, now, HOLDS_MS, List.of(ready), 1L, 1L, null);
        return List.of(
                Entry.byKey(Topics.MODELS, MODEL, wire.encode(model)),
                Entry.byKey(Topics.WORKERS, WORKER, wire.encode(status)),
                queue(new SlotsChanged(WORKER, PLACES, HOLDS_MS)));
    }

    /** Everything that it tells of these jobs, which are done by then. */
    List<Entry> answers(Collection<byte[]> jobs) {
        return jobs.stream().map(this::job).flatMap(this::answer).toList();
    }

    private Stream<Entry> answer(Job job) {
        AttemptRef attempt =
                new AttemptRef(
                        job.getRequestId(),
                        job.getStage(),
                        job.getJobId(),
                        new Epoch(job.getDispatch(), 1, "attempt-of-" + job.getRequestId()),
                        WORKER,
                        MODEL);
        AttemptFinished finished =
                new AttemptFinished(
                        attempt,
                        TEXT,
                        "stop",
                        new Usage(12, 10),
                        new Timings(0L, 1L, 2L),
                        -1,
                        TextDigest.of(TEXT));
        return Stream.of(
                event(job, new AttemptStarted(attempt)),
                event(job, finished),
                queue(new JobDone(job.getJobId())));
    }

    private Entry event(Job job, Object event) {
        InferenceEvent whole =
                new InferenceEvent(job.getRequestId(), System.currentTimeMillis(), event);
        return new Entry(
                Topics.EVENTS,
                Optional.of(job.getHomePartition()),
                job.getRequestId(),
                wire.encode(whole));
    }

    private Entry queue(Object event) {
        return Entry.byKey(Topics.QUEUE, MODEL, wire.encode(new QueueEvent(MODEL, event)));
    }

    private Job job(byte[] value) {
        try {
            return wire.decode(value, Job.class);
        } catch (UndecodableException e) {
            throw new IllegalStateException("the dispatcher wrote no job", e);
        }
    }
}
