package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.fleet.FleetView;
import dev.brigade.dispatcher.app.mapping.Envelope;
import dev.brigade.dispatcher.app.meters.DispatcherMeters;
import dev.brigade.dispatcher.app.meters.OpenRequests;
import dev.brigade.dispatcher.app.topology.DeadLetters.Carrier;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Origin;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.dispatcher.saga.Decision;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.dispatcher.saga.RequestMachine;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the core with what happens to the requests of one partition and does what it decides.
 * State, commands and input offsets are one transaction; nothing here remembers anything that is
 * not in a store.
 */
final class RequestProcessor implements Processor<byte[], byte[], String, Outgoing> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestProcessor.class);
    private static final int MAX_TIMERS_AT_ONCE = 1_000;

    private final RequestMachine machine;
    private final AvroWire wire;
    private final Intake intake;
    private final CommandRecords commands;
    private final FleetView fleet;
    private final long keptBytes;
    private final DispatcherMeters meters;
    private final Commits.WorkOfThreads threads;

    private ProcessorContext<String, Outgoing> context;
    private Commits commits;
    private Lifecycles lifecycles;
    private OpenRequests open;
    private Timers timers;
    private Alarm alarm;
    private CatchUp catchUp;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    RequestProcessor(
            RequestMachine machine,
            AvroWire wire,
            Intake intake,
            CommandRecords commands,
            FleetView fleet,
            long keptBytes,
            DispatcherMeters meters,
            Commits.WorkOfThreads threads) {
        this.machine = machine;
        this.wire = wire;
        this.intake = intake;
        this.commands = commands;
        this.fleet = fleet;
        this.keptBytes = keptBytes;
        this.meters = meters;
        this.threads = threads;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        this.context = context;
        commits = new Commits(context, threads);
        lifecycles =
                new Lifecycles(
                        wire,
                        context.getStateStore(Stores.LIFECYCLES),
                        context.getStateStore(Stores.PARTS),
                        context.getStateStore(Stores.ACCEPTED),
                        keptBytes);
        open = meters.openRequests(context.taskId());
        lifecycles.eachOpen(open::opened);
        timers = new Timers(context.getStateStore(Stores.TIMERS));
        alarm = new Alarm(context, this::fireTimers);
        OptionalLong earliest = timers.earliest();
        catchUp = new CatchUp(context.currentSystemTimeMs(), earliest.isPresent());
        earliest.ifPresent(alarm::at);
    }

    @Override
    public void close() {
        meters.forget(context.taskId(), open);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        commits.worked();
        RecordMetadata at =
                context.recordMetadata()
                        .orElseThrow(() -> new IllegalStateException("a record from nowhere"));
        long nowMs = context.currentSystemTimeMs();
        boolean isEvent = at.topic().equals(Topics.EVENTS);
        if (isEvent) {
            catchUp.read(record.timestamp(), nowMs);
        }
        Intake.Taken taken = isEvent ? intake.event(record) : intake.request(record, at, nowMs);
        var carrier =
                new Carrier(
                        record.value(),
                        record.headers(),
                        Optional.of(new Origin(at.topic(), at.partition(), at.offset())));
        switch (taken) {
            case Intake.Taken.Understood(Event event) -> decide(event, nowMs, carrier);
            case Intake.Taken.Poison(Code code) -> {
                LOG.warn(
                        "dead letter: {} at {}-{}@{}",
                        code.wireName(),
                        at.topic(),
                        at.partition(),
                        at.offset());
                context.forward(DeadLetters.of(carrier, record.key(), code, nowMs));
            }
        }
    }

    private void fireTimers(long nowMs) {
        commits.worked();
        long waitMs = catchUp.waitMs(nowMs);
        if (waitMs > 0) {
            alarm.at(nowMs + waitMs);
            return;
        }
        for (String requestId : timers.takeDue(nowMs, MAX_TIMERS_AT_ONCE)) {
            decide(new Event.TimerFired(requestId), nowMs, Carrier.NONE);
        }
        timers.earliest().ifPresent(alarm::at);
    }

    @SuppressWarnings(
            "ReferenceEquality") // The core answers with the same instance where nothing changed.
    private void decide(Event event, long nowMs, Carrier carrier) {
        Lifecycle before = lifecycles.get(event.requestId());
        Decision decision = machine.decide(before, event, fleet.at(context, nowMs), nowMs);
        // What the dead letter of an open request holds must be read before the request closes.
        Carrier original = original(event, decision, carrier);
        if (decision.next() != before) {
            store(event, before, decision.next(), carrier);
        } else if (event instanceof Event.TimerFired) {
            timerOf(before).ifPresent(atMs -> setTimer(event.requestId(), atMs));
        }
        commands.of(decision.commands(), original, nowMs).forEach(context::forward);
        count(before, decision.next());
        decision.commands().stream()
                .filter(Command.SendReply.class::isInstance)
                .map(command -> ((Command.SendReply) command).reply())
                .forEach(reply -> {
                    SagaLog.ended(reply);
                    meters.ended(reply, input(event, before));
                });
    }

    private void count(Lifecycle before, Lifecycle after) {
        boolean wasOpen = before instanceof Lifecycle.Open;
        if (!wasOpen && after instanceof Lifecycle.Open(var state)) {
            open.opened(state.request().input());
        } else if (before instanceof Lifecycle.Open(var state)
                && !(after instanceof Lifecycle.Open)) {
            open.closed(state.request().input());
        }
    }

    private static Optional<Input> input(Event event, Lifecycle before) {
        if (before instanceof Lifecycle.Open(var state)) {
            return Optional.of(state.request().input());
        }
        return event instanceof Event.RequestArrived(var request)
                ? Optional.of(request.input())
                : Optional.empty();
    }

    private void store(Event event, Lifecycle before, Lifecycle after, Carrier carrier) {
        String requestId = event.requestId();
        if (event instanceof Event.RequestArrived(var request)
                && before instanceof Lifecycle.Unseen
                && after instanceof Lifecycle.Open first) {
            lifecycles.open(first, new Accepted(Envelope.of(request), carrier.bytes()));
        } else {
            lifecycles.put(requestId, after);
        }
        OptionalLong armed = timerOf(before);
        OptionalLong wanted = timerOf(after);
        boolean consumed = event instanceof Event.TimerFired;
        if (consumed || !armed.equals(wanted)) {
            armed.ifPresent(atMs -> timers.clear(requestId, atMs));
            wanted.ifPresent(atMs -> setTimer(requestId, atMs));
        }
    }

    private void setTimer(String requestId, long atMs) {
        timers.set(requestId, atMs);
        alarm.at(atMs);
    }

    private Carrier original(Event event, Decision decision, Carrier carrier) {
        boolean carriesRequest =
                event instanceof Event.RequestArrived || event instanceof Event.Unusable;
        if (carriesRequest
                || decision.commands().stream().noneMatch(Command.DeadLetter.class::isInstance)) {
            return carrier;
        }
        return lifecycles.accepted(event.requestId()).map(Carrier::of).orElse(carrier);
    }

    private static OptionalLong timerOf(Lifecycle life) {
        return switch (life) {
            case Lifecycle.Unseen() -> OptionalLong.empty();
            case Lifecycle.Open(var state) -> OptionalLong.of(state.timerAtMs());
            case Lifecycle.Closed closed -> OptionalLong.of(closed.timerAtMs());
        };
    }
}
