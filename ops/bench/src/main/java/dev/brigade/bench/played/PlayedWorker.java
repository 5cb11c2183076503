package dev.brigade.bench.played;

import dev.brigade.bench.played.Batch.Entry;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the dispatcher hears of a worker that answers at once, when it is told to, so that nothing
 * but the dispatcher takes time.
 */
public final class PlayedWorker {

    private static final String WORKER = "bench-worker";
    private static final long HOLDS_MS = Duration.ofHours(12).toMillis();
    private static final int CONTEXT = 32_768;

    private final AvroWire wire;
    private final List<PlayedModel> models;
    private final Function<Job, String> replies;

    /**
     * @param replies the text of a job's answer
     */
    public PlayedWorker(AvroWire wire, List<PlayedModel> models, Function<Job, String> replies) {
        this.wire = wire;
        this.models = List.copyOf(models);
        this.replies = replies;
    }

    /** Its models' descriptions, its heartbeat and its places. */
    public List<Entry> announcement() {
        long now = System.currentTimeMillis();
        List<Entry> entries = new ArrayList<>();
        for (PlayedModel model : models) {
            entries.add(Entry.byKey(Topics.MODELS, model.id(), wire.encode(described(model, now))));
        }
        entries.add(Entry.byKey(Topics.WORKERS, WORKER, wire.encode(status(now))));
        models.stream()
                .filter(model -> model.places() > 0)
                .map(model -> queue(model.id(), new SlotsChanged(WORKER, model.places(), HOLDS_MS)))
                .forEach(entries::add);
        return entries;
    }

    /** Everything that it tells of these jobs, which are done by then. */
    public List<Entry> answers(Collection<Job> jobs) {
        return jobs.stream().flatMap(this::answer).toList();
    }

    /** A job as it stands on a model's topic. */
    public Job job(byte[] value) {
        try {
            return wire.decode(value, Job.class);
        } catch (UndecodableException e) {
            throw new IllegalStateException("the dispatcher wrote no job", e);
        }
    }

    private static ModelDescription described(PlayedModel model, long now) {
        return ModelDescription.newBuilder()
                .setModel(model.id())
                .setBackend("bench")
                .setRoles(model.roles())
                .setCapabilities(List.of("chat", "completion", "json_schema"))
                .setContextLength(CONTEXT)
                .setMemoryMb(1L)
                .setCreatedAt(now)
                .build();
    }

    private WorkerStatus status(long now) {
        List<WorkerModel> ready =
                models.stream()
                        .map(model ->
                                new WorkerModel(
                                        model.id(),
                                        ModelState.READY,
                                        null,
                                        Math.max(1, model.places()),
                                        0,
                                        100,
                                        null))
                        .toList();
        return new WorkerStatus(WORKER, "localhost", now, now, HOLDS_MS, ready, 1L, 1L, null);
    }

    private Stream<Entry> answer(Job job) {
        AttemptRef attempt =
                new AttemptRef(
                        job.getRequestId(),
                        job.getStage(),
                        job.getJobId(),
                        new Epoch(job.getDispatch(), 1, "attempt-of-" + job.getJobId()),
                        WORKER,
                        job.getModel());
        String text = replies.apply(job);
        AttemptFinished finished =
                new AttemptFinished(
                        attempt,
                        text,
                        "stop",
                        new Usage(12, 10),
                        new Timings(0L, 1L, 2L),
                        -1,
                        TextDigest.of(text),
                        null);
        return Stream.of(
                event(job, new AttemptStarted(attempt)),
                event(job, finished),
                queue(job.getModel(), new JobDone(job.getJobId())));
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

    private Entry queue(String model, Object event) {
        return Entry.byKey(Topics.QUEUE, model, wire.encode(new QueueEvent(model, event)));
    }
}
