package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.mapping.Events;
import dev.brigade.dispatcher.app.mapping.Jobs;
import dev.brigade.dispatcher.app.meters.DispatcherMeters;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.scheduling.ModelQueue;
import dev.brigade.dispatcher.scheduling.ModelState;
import dev.brigade.dispatcher.scheduling.QueueCommand;
import dev.brigade.dispatcher.scheduling.QueueEntry;
import dev.brigade.dispatcher.scheduling.QueueEvent;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import dev.brigade.schema.InferenceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the queues of one partition's models. The queues live in memory and are rebuilt from the
 * stores in each {@code init}, which Kafka Streams calls before it goes on after an aborted
 * transaction, so that the two never differ.
 */
final class SchedulerProcessor implements Processor<byte[], byte[], String, Outgoing> {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerProcessor.class);

    /** Cannot be part of a model id, so that one model's keys never run into another's. */
    private static final char SEPARATOR = '|';

    private final AvroWire wire;
    private final Function<String, QueueLimits> limits;
    private final DispatcherMeters meters;
    private final Commits.WorkOfThreads threads;
    private final Map<String, ModelQueue> queues = new HashMap<>();

    private ProcessorContext<String, Outgoing> context;
    private Commits commits;
    private KeyValueStore<String, QueueEntry> entries;
    private KeyValueStore<String, ModelState> models;

    /**
     * @param limits of each model's queue
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    SchedulerProcessor(
            AvroWire wire,
            Function<String, QueueLimits> limits,
            DispatcherMeters meters,
            Commits.WorkOfThreads threads) {
        this.wire = wire;
        this.limits = limits;
        this.meters = meters;
        this.threads = threads;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        this.context = context;
        commits = new Commits(context, threads);
        entries = context.getStateStore(Stores.QUEUE);
        models = context.getStateStore(Stores.QUEUE_MODELS);
        restore();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        commits.worked();
        read(record.value())
                .ifPresent(happened ->
                        apply(happened.model(), happened.event(), context.currentSystemTimeMs()));
    }

    private Optional<Happened> read(byte[] value) {
        try {
            var event = wire.decode(value, dev.brigade.schema.QueueEvent.class);
            return Optional.of(new Happened(event.getModel(), Events.read(event)));
        } catch (UndecodableException e) {
            LOG.warn("a queue event was dropped: {}", e.code().wireName());
        } catch (IllegalArgumentException e) {
            LOG.warn("a queue event was dropped: it breaks a rule of its kind");
        }
        return Optional.empty();
    }

    private record Happened(String model, QueueEvent event) {}

    @Override
    public void close() {
        queues.keySet().forEach(meters::forgetQueue);
    }

    private void apply(String model, QueueEvent event, long nowMs) {
        ModelQueue queue = queues.computeIfAbsent(model, id -> ModelQueue.empty(limits.apply(id)));
        List<QueueCommand> commands = queue.apply(event, nowMs);
        meters.queue(model, queue);
        Set<String> released = released(commands);
        for (QueueCommand command : commands) {
            if (!waitsNoLonger(command, released)) {
                carryOut(model, command, nowMs);
            }
        }
    }

    /**
     * A job that goes out at once is stored only as out: nobody can read in between that it waited,
     * and it may be large.
     */
    private static boolean waitsNoLonger(QueueCommand command, Set<String> released) {
        return command instanceof QueueCommand.Store(QueueEntry.Waiting waiting)
                && released.contains(waiting.jobId());
    }

    private static Set<String> released(List<QueueCommand> commands) {
        return commands.stream()
                .filter(QueueCommand.Release.class::isInstance)
                .map(command -> ((QueueCommand.Release) command).job().id())
                .collect(Collectors.toSet());
    }

    private void carryOut(String model, QueueCommand command, long nowMs) {
        switch (command) {
            case QueueCommand.Store(var entry) -> entries.put(key(model, entry.jobId()), entry);
            case QueueCommand.Remove(var jobId) -> entries.delete(key(model, jobId));
            case QueueCommand.StoreModel(var state) -> models.put(model, state);
            case QueueCommand.Release(var job, var budgetMs) -> release(job, budgetMs, nowMs);
            case QueueCommand.Refuse(var job, var code) ->
                    tell(job, Events.refused(job, code, nowMs), nowMs);
        }
    }

    private void release(Job job, long budgetMs, long nowMs) {
        byte[] value = wire.encode(Jobs.write(job, budgetMs));
        context.forward(
                new Record<>(
                        job.requestId(), Outgoing.byKey(Topics.model(job.model()), value), nowMs));
        tell(job, Events.released(job, nowMs), nowMs);
    }

    private void tell(Job job, InferenceEvent event, long nowMs) {
        context.forward(
                new Record<>(
                        job.requestId(),
                        new Outgoing(
                                Topics.EVENTS,
                                OptionalInt.of(job.homePartition()),
                                wire.encode(event)),
                        nowMs));
    }

    private void restore() {
        queues.clear();
        Map<String, List<QueueEntry>> stored = new HashMap<>();
        try (KeyValueIterator<String, QueueEntry> all = entries.all()) {
            while (all.hasNext()) {
                KeyValue<String, QueueEntry> entry = all.next();
                String model = entry.key.substring(0, entry.key.indexOf(SEPARATOR));
                stored.computeIfAbsent(model, id -> new ArrayList<>()).add(entry.value);
            }
        }
        try (KeyValueIterator<String, ModelState> all = models.all()) {
            all.forEachRemaining(model -> stored.computeIfAbsent(model.key, id -> List.of()));
        }
        stored.forEach((model, waiting) -> {
            ModelQueue queue = restored(model, waiting);
            queues.put(model, queue);
            meters.queue(model, queue);
        });
    }

    private ModelQueue restored(String model, List<QueueEntry> waiting) {
        ModelState state = Optional.ofNullable(models.get(model)).orElse(ModelState.EMPTY);
        return ModelQueue.restore(limits.apply(model), state, waiting);
    }

    private static String key(String model, String jobId) {
        return model + SEPARATOR + jobId;
    }
}
