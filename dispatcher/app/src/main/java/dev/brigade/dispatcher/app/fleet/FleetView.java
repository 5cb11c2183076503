package dev.brigade.dispatcher.app.fleet;

import dev.brigade.config.Price;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The models that live, put together from the global tables of heartbeats and descriptions. A
 * snapshot serves for a short while, so that routing under load does not read the tables for each
 * request. One instance belongs to one task's thread.
 */
public final class FleetView {

    /** Name of the global table of heartbeats. */
    public static final String WORKERS = "workers";

    /** Name of the global table of model descriptions. */
    public static final String MODELS = "models";

    private static final long SNAPSHOT_MS = 100;

    private final AvroWire wire;
    private Fleet snapshot = Fleet.of(List.of());
    private long takenAtMs = Long.MIN_VALUE;

    public FleetView(AvroWire wire) {
        this.wire = wire;
    }

    /** The fleet as of now, or as of a moment ago. */
    public Fleet at(ProcessorContext<?, ?> context, long nowMs) {
        if (nowMs < takenAtMs || nowMs - SNAPSHOT_MS >= takenAtMs) {
            snapshot = take(context, nowMs);
            takenAtMs = nowMs;
        }
        return snapshot;
    }

    private Fleet take(ProcessorContext<?, ?> context, long nowMs) {
        Map<String, Places> places = places(context.getStateStore(WORKERS), nowMs);
        List<Fleet.Model> models = new ArrayList<>();
        each(
                context.getStateStore(MODELS),
                ModelDescription.class,
                (description, heardAtMs) -> {
                    Places of = places.getOrDefault(description.getModel(), Places.NONE);
                    models.add(
                            new Fleet.Model(
                                    description.getModel(),
                                    description.getRoles(),
                                    Set.copyOf(description.getCapabilities()),
                                    Math.max(1, description.getContextLength()),
                                    of.slots(),
                                    of.busy(),
                                    Optional.ofNullable(description.getPrice())
                                            .map(price ->
                                                    new Price(
                                                            price.getPrompt(),
                                                            price.getCompletion()))));
                });
        return Fleet.of(models);
    }

    private Map<String, Places> places(ReadOnlyKeyValueStore<String, Heard> workers, long nowMs) {
        Map<String, Places> places = new HashMap<>();
        each(
                workers,
                WorkerStatus.class,
                (worker, heardAtMs) -> {
                    if (heardAtMs + worker.getTtlMs() >= nowMs) {
                        worker.getModels().stream()
                                .filter(model -> model.getState() == ModelState.READY)
                                .forEach(model ->
                                        places.merge(
                                                model.getModel(), Places.of(model), Places::plus));
                    }
                });
        return places;
    }

    private <T extends SpecificRecord> void each(
            ReadOnlyKeyValueStore<String, Heard> table, Class<T> kind, BiConsumer<T, Long> action) {
        try (KeyValueIterator<String, Heard> rows = table.all()) {
            while (rows.hasNext()) {
                KeyValue<String, Heard> row = rows.next();
                try {
                    action.accept(wire.decode(row.value.value(), kind), row.value.atMs());
                } catch (UndecodableException e) {
                    // A worker of a foreign version says something that cannot be used: as if it
                    // were silent.
                }
            }
        }
    }

    /**
     * A row of a global table.
     *
     * @param atMs when the broker appended it
     */
    public record Heard(long atMs, byte[] value) {}

    private record Places(int slots, int busy) {

        static final Places NONE = new Places(0, 0);

        static Places of(WorkerModel model) {
            return new Places(Math.max(0, model.getSlots()), Math.max(0, model.getRunning()));
        }

        Places plus(Places other) {
            return new Places(slots + other.slots, busy + other.busy);
        }
    }
}
