package dev.brigade.worker.pool;

import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.ModelLoadException;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The backends of this program, by name. */
public final class Backends {

    private final Map<String, Backend> byName = new TreeMap<>();

    public Backends(Collection<Backend> backends) {
        backends.forEach(backend -> byName.put(backend.name(), backend));
    }

    /** Those on the class path. */
    public static Backends installed() {
        return new Backends(
                ServiceLoader.load(Backend.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    /**
     * The backend of a name.
     *
     * @throws ModelLoadException when there is none, or it cannot run here
     */
    Backend named(String name) throws ModelLoadException {
        Backend backend = byName.get(name);
        if (backend == null) {
            throw new ModelLoadException(
                    "there is no backend %s; there are %s".formatted(name, byName.keySet()));
        }
        return switch (backend.availability()) {
            case Availability.Available() -> backend;
            case Availability.Unavailable(String reason) ->
                    throw new ModelLoadException(
                            "backend %s cannot run here: %s".formatted(name, reason));
        };
    }
}
