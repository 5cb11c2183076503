package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.fleet.FleetView;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.dispatcher.saga.Decision;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.dispatcher.saga.RequestMachine;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
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
    private final Intake intake;
    private final CommandRecords commands;
    private final FleetView fleet;

    private ProcessorContext<String, Outgoing> context;
    private KeyValueStore<String, Lifecycle> requests;
    private KeyValueStore<String, byte[]> originals;
    private Timers timers;
    private Alarm alarm;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    RequestProcessor(
            RequestMachine machine, Intake intake, CommandRecords commands, FleetView fleet) {
        this.machine = machine;
        this.intake = intake;
        this.commands = commands;
        this.fleet = fleet;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        this.context = context;
        requests = context.getStateStore(Stores.REQUESTS);
        originals = context.getStateStore(Stores.ORIGINALS);
        timers = new Timers(context.getStateStore(Stores.TIMERS));
        alarm = new Alarm(context, this::fireTimers);
        timers.earliest().ifPresent(alarm::at);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at =
                context.recordMetadata()
                        .orElseThrow(() -> new IllegalStateException("a record from nowhere"));
        long nowMs = context.currentSystemTimeMs();
        boolean isEvent = at.topic().equals(Topics.EVENTS);
        Intake.Taken taken = isEvent ? intake.event(record) : intake.request(record, at, nowMs);
        switch (taken) {
            case Intake.Taken.Understood(Event event) ->
                    decide(
                            event,
                            nowMs,
                            new Carrier(record.value(), record.headers(), Optional.of(at)));
            case Intake.Taken.Poison(Code code) -> {
                LOG.warn(
                        "dead letter: {} at {}-{}@{}",
                        code.wireName(),
                        at.topic(),
                        at.partition(),
                        at.offset());
                context.forward(
                        commands.deadLetter(
                                new Carrier(record.value(), record.headers(), Optional.of(at)),
                                record.key(),
                                code,
                                nowMs));
            }
        }
    }

    private void fireTimers(long nowMs) {
        for (String requestId : timers.takeDue(nowMs, MAX_TIMERS_AT_ONCE)) {
            decide(new Event.TimerFired(requestId), nowMs, Carrier.NONE);
        }
        timers.earliest().ifPresent(alarm::at);
    }

    @SuppressWarnings(
            "ReferenceEquality") // The core answers with the same instance where nothing changed.
    private void decide(Event event, long nowMs, Carrier carrier) {
        Lifecycle before = stored(event.requestId());
        Decision decision = machine.decide(before, event, fleet.at(context, nowMs), nowMs);
        // What the dead letter of an open request holds must be read before the request closes.
        Carrier original = original(event, carrier);
        if (decision.next() != before) {
            store(event, before, decision.next(), carrier);
        } else if (event instanceof Event.TimerFired) {
            timerOf(before).ifPresent(atMs -> setTimer(event.requestId(), atMs));
        }
        for (Command command : decision.commands()) {
            commands.of(command, original, nowMs).ifPresent(context::forward);
        }
    }

    private void store(Event event, Lifecycle before, Lifecycle after, Carrier carrier) {
        String requestId = event.requestId();
        requests.put(requestId, after instanceof Lifecycle.Unseen ? null : after);
        if (event instanceof Event.RequestArrived && after instanceof Lifecycle.Open) {
            originals.put(requestId, carrier.value());
        } else if (before instanceof Lifecycle.Open && !(after instanceof Lifecycle.Open)) {
            originals.delete(requestId);
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

    private Carrier original(Event event, Carrier carrier) {
        boolean carriesRequest =
                event instanceof Event.RequestArrived || event instanceof Event.Unusable;
        byte[] kept = carriesRequest ? null : originals.get(event.requestId());
        return kept == null ? carrier : Carrier.of(kept);
    }

    private Lifecycle stored(String requestId) {
        Lifecycle stored = requests.get(requestId);
        return stored == null ? Lifecycle.UNSEEN : stored;
    }

    private static OptionalLong timerOf(Lifecycle life) {
        return switch (life) {
            case Lifecycle.Unseen() -> OptionalLong.empty();
            case Lifecycle.Open(var state) -> OptionalLong.of(state.timerAtMs());
            case Lifecycle.Closed closed -> OptionalLong.of(closed.forgetAtMs());
        };
    }

    /**
     * The bytes in which something came, for a dead letter.
     *
     * @param value untouched; null where the record had none
     */
    record Carrier(
            byte @org.jspecify.annotations.Nullable [] value,
            Headers headers,
            Optional<RecordMetadata> at) {

        static final Carrier NONE = of(null);

        static Carrier of(byte @org.jspecify.annotations.Nullable [] value) {
            return new Carrier(
                    value,
                    new org.apache.kafka.common.header.internals.RecordHeaders(),
                    Optional.empty());
        }
    }
}
