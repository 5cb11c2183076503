package dev.brigade.worker.llama;

import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.llama.EngineProcess.LoadResult;
import dev.brigade.worker.llama.gguf.GgufModel;
import dev.brigade.worker.llama.wire.Command;
import dev.brigade.worker.llama.wire.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts an engine for one model and waits until it is ready. Used by one thread at a time. */
final class EngineLauncher {

    private static final Logger log = LoggerFactory.getLogger(EngineLauncher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ModelSpec spec;
    private final EngineSettings settings;
    private final NativeLibrary.Place library;

    /** Empty once the engine has turned out to die of it. */
    private Optional<String> chatTemplate;

    EngineLauncher(
            ModelSpec spec,
            EngineSettings settings,
            NativeLibrary.Place library,
            Optional<String> chatTemplate) {
        this.spec = spec;
        this.settings = settings;
        this.library = library;
        this.chatTemplate = chatTemplate;
    }

    /** An engine that takes requests. */
    record Launched(EngineProcess engine, boolean chat, boolean json) {}

    /**
     * Starts an engine.
     *
     * @throws ModelLoadException when the file is no longer fit, or the engine refuses it, dies of
     *     it or takes too long
     */
    Launched launch(Consumer<Report.Stage> progress)
            throws ModelLoadException, InterruptedException {
        GgufModel file = GgufModel.read(spec.file());
        EngineProcess engine = start(progress);
        LoadResult result;
        try {
            result = await(engine, settings.loadTimeout(file.fileBytes()));
        } catch (ModelLoadException | InterruptedException e) {
            engine.kill();
            throw e;
        }
        return switch (result) {
            case LoadResult.Ready(Report.Loaded loaded) ->
                    new Launched(engine, chatTemplate.isPresent(), loaded.json());
            case LoadResult.Refused(String message) -> {
                engine.kill();
                throw new ModelLoadException(message);
            }
            case LoadResult.Died(String cause, boolean aborted) -> {
                if (!aborted || chatTemplate.isEmpty()) {
                    throw new ModelLoadException(
                            "the engine ended while it loaded model file %s: %s"
                                    .formatted(spec.file(), cause));
                }
                // Most likely of the template, which native code parses and tries as it loads.
                yield withoutChat(progress, cause);
            }
        };
    }

    private Launched withoutChat(Consumer<Report.Stage> progress, String cause)
            throws ModelLoadException, InterruptedException {
        Optional<String> template = chatTemplate;
        chatTemplate = Optional.empty();
        try {
            Launched launched = launch(progress);
            log.warn(
                    "model {}: the engine cannot run its chat template ({}); it only completes text",
                    spec.id(),
                    cause);
            return launched;
        } catch (ModelLoadException e) {
            chatTemplate = template; // it was something else
            throw e;
        }
    }

    private EngineProcess start(Consumer<Report.Stage> progress) throws ModelLoadException {
        Command.Load load =
                new Command.Load(
                        spec.file().toString(),
                        spec.contextLength(),
                        spec.slots(),
                        spec.gpuLayers(),
                        threads(),
                        chatTemplate);
        try {
            return EngineProcess.start(
                    spec.id(),
                    EngineCommandLine.of(spec.id(), library, settings.heapMb()),
                    load,
                    progress);
        } catch (IOException e) {
            throw new ModelLoadException("no engine process could be started: " + e, e);
        }
    }

    private LoadResult await(EngineProcess engine, Duration timeout)
            throws ModelLoadException, InterruptedException {
        try {
            return engine.loaded().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ModelLoadException(
                    "loading model file %s took longer than %d s"
                            .formatted(spec.file(), timeout.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw new AssertionError("a load ends with a result", e);
        }
    }

    /** A core stays free: on a busy machine an engine on all of them collapses. */
    private int threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        return spec.threads() > 0 ? spec.threads() : Math.max(1, cores - 1);
    }

    /** How long an engine may take to end by itself. */
    static Duration patience() {
        return PATIENCE;
    }
}
