package dev.brigade.worker.deterministic;

import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import java.util.concurrent.TimeUnit;

/** Loads {@code deterministic} models; the file is described at {@link DeterministicFile}. */
public final class DeterministicBackend implements Backend {

    @Override
    public String name() {
        return "deterministic";
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public LoadedModel load(ModelSpec spec, BackendContext context)
            throws ModelLoadException, InterruptedException {
        DeterministicFile file = DeterministicFile.read(spec.file());
        context.progress().loaded(50);
        TimeUnit.MILLISECONDS.sleep(file.loadMs());
        context.progress().loaded(100);
        return switch (file.task()) {
            case TEXT, VISION -> new DeterministicModel(spec, file);
            case EMBEDDING -> DeterministicEmbedder.of(spec, file);
            case CLASSIFY -> DeterministicClassifier.of(spec, file);
        };
    }
}
