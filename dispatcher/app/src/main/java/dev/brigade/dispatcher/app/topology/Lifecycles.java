package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.dispatcher.app.mapping.Requests;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.schema.InferenceRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of one partition stand. Of an open one the request is stored once, and the
 * rest whole at every event while it is small. When it has grown it is stored in parts from then
 * on: the charter once, each stage when it changes, and a small rest at every event. Its last state
 * is also kept in memory, so that an event reads nothing.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>What memory holds of a request equals what the stores hold, those of the running
 *       transaction included. An aborted transaction rolls the stores back and not the memory: a
 *       processor therefore makes a new instance of this in each {@code init}, which Kafka Streams
 *       calls before it goes on after an abort.
 *   <li>Parts are there only while the request is open, and once there are some, as long as it is.
 * </ul>
 *
 * One instance belongs to one task's thread.
 */
final class Lifecycles {

    /** Of a state that is stored whole. One more change costs about as much as 1 kB more in one. */
    static final int MAX_WHOLE_BYTES = 2_048;

    private final AvroWire wire;
    private final KeyValueStore<String, byte[]> lives;
    private final KeyValueStore<String, byte[]> parts;
    private final KeyValueStore<String, Accepted> requests;
    private final OpenStates open;

    /**
     * @param lives a lifecycle without its parts, by request id
     * @param parts by request id and name
     * @param requests open requests as they came, by id
     * @param keptBytes of open states in memory, at most
     */
    Lifecycles(
            AvroWire wire,
            KeyValueStore<String, byte[]> lives,
            KeyValueStore<String, byte[]> parts,
            KeyValueStore<String, Accepted> requests,
            long keptBytes) {
        this.wire = wire;
        this.lives = lives;
        this.parts = parts;
        this.requests = requests;
        open = new OpenStates(keptBytes);
    }

    Lifecycle get(String requestId) {
        OpenStates.Kept kept = open.get(requestId);
        if (kept != null) {
            return kept.life();
        }
        byte[] core = lives.get(requestId);
        return core == null ? Lifecycle.UNSEEN : read(requestId, core);
    }

    /** Tells what each open request asks for. Reads every one of them. */
    void eachOpen(Consumer<Input> action) {
        try (KeyValueIterator<String, Accepted> all = requests.all()) {
            while (all.hasNext()) {
                KeyValue<String, Accepted> stored = all.next();
                action.accept(request(stored.key, stored.value).input());
            }
        }
    }

    /** An open request as it came. */
    Optional<Accepted> accepted(String requestId) {
        return Optional.ofNullable(requests.get(requestId));
    }

    /** Stores a request that was taken, and its first state. */
    void open(Lifecycle.Open first, Accepted accepted) {
        String requestId = first.state().request().id();
        requests.put(requestId, accepted);
        put(
                requestId,
                first,
                Map.of(),
                RequestWeight.of(first.state().request().input(), accepted.original().length));
    }

    /** Stores what followed from the state that {@link #get} gave last. */
    void put(String requestId, Lifecycle next) {
        OpenStates.Kept before = open.get(requestId);
        switch (next) {
            case Lifecycle.Open openNext -> {
                OpenStates.Kept known = present(before, requestId, "state");
                put(requestId, openNext, known.parts(), known.requestBytes());
            }
            case Lifecycle.Closed closed -> {
                drop(requestId, before);
                lives.put(requestId, PartedJson.write(closed).core());
            }
            case Lifecycle.Unseen _ -> {
                drop(requestId, before);
                lives.delete(requestId);
            }
        }
    }

    private void put(
            String requestId,
            Lifecycle.Open next,
            Map<String, OpenStates.Part> known,
            long requestBytes) {
        if (known.isEmpty()) {
            byte[] whole = PartedJson.writeWhole(next);
            if (whole.length <= MAX_WHOLE_BYTES) {
                lives.put(requestId, whole);
                open.put(requestId, new OpenStates.Kept(next, known, whole.length, requestBytes));
                return;
            }
        }
        PartedJson.Written written = PartedJson.write(next);
        Map<String, OpenStates.Part> now = putParts(requestId, written.parts(), known);
        lives.put(requestId, written.core());
        open.put(requestId, new OpenStates.Kept(next, now, written.core().length, requestBytes));
    }

    private Map<String, OpenStates.Part> putParts(
            String requestId, Map<String, Object> written, Map<String, OpenStates.Part> known) {
        Map<String, OpenStates.Part> now = new HashMap<>();
        written.forEach((name, value) -> {
            OpenStates.Part before = known.get(name);
            if (before != null && Objects.equals(before.value(), value)) {
                now.put(name, before);
            } else {
                byte[] bytes = PartedJson.write(value);
                parts.put(key(requestId, name), bytes);
                now.put(name, new OpenStates.Part(value, bytes.length));
            }
        });
        known.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> parts.delete(key(requestId, name)));
        return now;
    }

    private void drop(String requestId, OpenStates.@Nullable Kept before) {
        if (before != null) {
            before.parts().keySet().forEach(name -> parts.delete(key(requestId, name)));
            requests.delete(requestId);
            open.remove(requestId);
        }
    }

    private Lifecycle read(String requestId, byte[] core) {
        var stored = new Stored(requestId);
        Lifecycle life = PartedJson.read(core, stored);
        if (life instanceof Lifecycle.Open) {
            open.put(requestId, stored.kept(life, core.length));
        }
        return life;
    }

    private Request request(String requestId, Accepted accepted) {
        try {
            var record = wire.decode(accepted.original(), InferenceRequest.class);
            return Requests.read(requestId, record, accepted.envelope())
                    .orElseThrow(
                            () -> new IllegalStateException("no input in request " + requestId));
        } catch (UndecodableException e) {
            throw new IllegalStateException("request %s is lost".formatted(requestId), e);
        }
    }

    private static <T> T present(@Nullable T stored, String requestId, String what) {
        if (stored == null) {
            throw new IllegalStateException("%s of %s is lost".formatted(what, requestId));
        }
        return stored;
    }

    /** A part's name has no slash, so no two requests' keys are equal. */
    private static String key(String requestId, String part) {
        return requestId + "/" + part;
    }

    /** The parts of one request, and how large they turned out to be. */
    private final class Stored implements PartedJson.Parts {

        private final String requestId;
        private final Map<String, Integer> sizes = new HashMap<>();
        private long requestBytes;

        Stored(String requestId) {
            this.requestId = requestId;
        }

        @Override
        public Request request() {
            Accepted accepted = present(requests.get(requestId), requestId, "request");
            Request request = Lifecycles.this.request(requestId, accepted);
            requestBytes = RequestWeight.of(request.input(), accepted.original().length);
            return request;
        }

        @Override
        public byte[] part(String name) {
            byte[] bytes = present(parts.get(key(requestId, name)), requestId, name);
            sizes.put(name, bytes.length);
            return bytes;
        }

        OpenStates.Kept kept(Lifecycle life, int coreBytes) {
            Map<String, OpenStates.Part> known = new HashMap<>();
            if (!sizes.isEmpty()) {
                PartedJson.write(life)
                        .parts()
                        .forEach((name, value) ->
                                known.put(
                                        name,
                                        new OpenStates.Part(value, sizes.getOrDefault(name, 0))));
            }
            return new OpenStates.Kept(life, known, coreBytes, requestBytes);
        }
    }
}
