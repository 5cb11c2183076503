package dev.brigade.worker.llama;

import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.FileDigest;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.llama.EngineLauncher.Launched;
import dev.brigade.worker.llama.gguf.GgufModel;
import dev.brigade.worker.llama.wire.Report;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs GGUF files with llama.cpp, each in an engine process of its own. */
public final class LlamaBackend implements Backend {

    private static final int DIGEST_PERCENT = 30;

    private final EngineSettings settings;

    /** With the usual settings; for {@link java.util.ServiceLoader}. */
    public LlamaBackend() {
        this(EngineSettings.defaults());
    }

    public LlamaBackend(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "llama";
    }

    @Override
    public Availability availability() {
        return NativeLibrary.availability();
    }

    @Override
    public LlamaModel load(ModelSpec spec, BackendContext context)
            throws ModelLoadException, InterruptedException {
        AtomicInteger furthest = new AtomicInteger(); // a second engine starts from the front
        LoadProgress progress =
                percent -> context.progress().loaded(furthest.accumulateAndGet(percent, Math::max));
        progress.loaded(0);
        GgufModel file = GgufModel.read(spec.file());
        if (spec.contextLength() > file.contextLength()) {
            throw new ModelLoadException(
                    "model file %s has a context of %d tokens; context_length %d of model %s is more"
                            .formatted(
                                    spec.file(),
                                    file.contextLength(),
                                    spec.contextLength(),
                                    spec.id()));
        }
        String digest =
                FileDigest.check(
                        spec.file(),
                        spec.sha256(),
                        percent -> progress.loaded(percent * DIGEST_PERCENT / 100));
        Optional<String> template = spec.chatTemplate().or(file::chatTemplate);
        EngineLauncher launcher =
                new EngineLauncher(spec, settings, NativeLibrary.unpack(), template);
        Launched launched = launcher.launch(stage -> progress.loaded(percent(stage)));
        EngineSupervisor supervisor =
                new EngineSupervisor(spec.id(), launcher, settings, launched.engine());
        progress.loaded(100);
        return new LlamaModel(
                supervisor,
                facts(spec, file, digest, launched),
                new RequestCheck(spec.contextLength(), launched.chat(), launched.json()),
                settings,
                spec.slots());
    }

    private static int percent(Report.Stage stage) {
        return switch (stage) {
            case STARTED -> DIGEST_PERCENT + 5;
            case WEIGHTS -> 90;
            case TEMPLATE -> 95;
        };
    }

    private static ModelFacts facts(
            ModelSpec spec, GgufModel file, String digest, Launched launched) {
        Set<String> capabilities = new HashSet<>(Set.of("completion"));
        if (launched.chat()) {
            capabilities.add("chat");
        }
        if (launched.json()) {
            capabilities.add("json_schema");
        }
        long residentMb = ResidentMemory.ofMb(launched.engine().handle());
        return ModelFacts.ofText(
                spec.contextLength(),
                capabilities,
                residentMb > 0 ? residentMb : file.fileBytes() >> 20,
                digest,
                OptionalLong.of(file.parameters()),
                file.quantization());
    }
}
