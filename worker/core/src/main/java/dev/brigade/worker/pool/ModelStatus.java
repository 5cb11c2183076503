package dev.brigade.worker.pool;

import dev.brigade.schema.ModelState;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.pool.Place.Failed;
import dev.brigade.worker.pool.Place.Loaded;
import dev.brigade.worker.pool.Place.Loading;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a model is at one moment.
 *
 * @param error why it failed
 * @param slots jobs that it takes at once; 0 unless it is ready
 * @param running jobs that it works on
 * @param progress of loading, 0 to 100
 * @param facts what it is, where it is loaded
 */
public record ModelStatus(
        HostedModel hosted,
        ModelState state,
        Optional<String> error,
        int slots,
        int running,
        int progress,
        OptionalDouble tokensPerSecond,
        Optional<ModelFacts> facts) {

    /** Model id. */
    public String id() {
        return hosted.id();
    }

    static ModelStatus of(HostedModel model, Place place) {
        ModelState state = place.state();
        return new ModelStatus(
                model,
                state,
                place instanceof Failed failed ? Optional.of(failed.reason()) : Optional.empty(),
                place instanceof Loaded loaded && state == ModelState.READY
                        ? loaded.served().slots()
                        : 0,
                place instanceof Loaded loaded ? loaded.served().running() : 0,
                place instanceof Loading loading
                        ? loading.progress()
                        : place instanceof Loaded ? 100 : 0,
                place instanceof Loaded loaded
                        ? loaded.served().tokensPerSecond()
                        : OptionalDouble.empty(),
                place instanceof Loaded loaded
                        ? Optional.of(loaded.model().facts())
                        : Optional.empty());
    }
}
