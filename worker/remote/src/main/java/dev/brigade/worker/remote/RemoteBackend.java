package dev.brigade.worker.remote;

import dev.brigade.config.RemoteOptions;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel.EmbeddingTask;
import dev.brigade.worker.backend.EmbeddingModel.InputType;
import dev.brigade.worker.backend.EmbeddingModel.Texts;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models on servers that speak OpenAI's API: vLLM, TGI, llama-server, mlx_lm.server, hosted ones,
 * or another Brigade. A server that does not answer yet is waited for; one that answers without the
 * model, or refuses access, fails the load.
 */
public final class RemoteBackend implements Backend {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteBackend.class);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,4096}");
    private static final Watch.Pace PACE =
            new Watch.Pace(Duration.ofSeconds(15), Duration.ofMillis(500));

    private final Map<String, String> environment;
    private final Watch.Pace pace;

    /** With this process's environment; for {@link java.util.ServiceLoader}. */
    public RemoteBackend() {
        this(System.getenv(), PACE);
    }

    RemoteBackend(Map<String, String> environment, Watch.Pace pace) {
        this.environment = environment;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "remote";
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public LoadedModel load(ModelSpec spec, BackendContext context)
            throws ModelLoadException, InterruptedException {
        context.progress().loaded(0);
        RemoteOptions options =
                spec.options()
                        .remote()
                        .orElseThrow(() ->
                                new ModelLoadException(
                                        "model " + spec.id() + " names no remote server"));
        Optional<String> key = key(spec.id(), options);
        RemoteParts parts =
                new RemoteParts(spec, options, new Server(spec.id(), options, key), pace);
        boolean loaded = false;
        try {
            LoadedModel model = load(parts);
            context.progress().loaded(100);
            loaded = true;
            return model;
        } finally {
            if (!loaded) {
                parts.server().close();
            }
        }
    }

    private static LoadedModel load(RemoteParts parts)
            throws ModelLoadException, InterruptedException {
        String server = "the server %s of model %s".formatted(parts.options().url(), parts.id());
        return switch (parts.look()) {
            case Presence.There() -> RemoteModel.of(parts, true, dimensions(parts, server));
            case Presence.Refused(String reason) ->
                    throw new ModelLoadException(server + " " + reason);
            case Presence.Silent(String reason) -> {
                LOG.warn("{} does not answer yet, and is waited for: {}", server, reason);
                yield RemoteModel.of(parts, false, 0);
            }
        };
    }

    /** Learnt from a vector, since no server tells it otherwise. */
    private static int dimensions(RemoteParts parts, String server)
            throws ModelLoadException, InterruptedException {
        if (!parts.can("embedding")) {
            return 0;
        }
        EmbeddingTask task =
                new EmbeddingTask(
                        parts.id(),
                        new Texts.Strings(List.of("a")),
                        InputType.NONE,
                        OptionalInt.empty(),
                        Priority.NORMAL);
        try {
            CallTime time = parts.time(parts.options().timeout(), new Cancellation());
            return parts.vectors().embed(task, time).dimensions();
        } catch (CallFailure e) {
            throw new ModelLoadException(server + " embeds nothing: " + e.reason(), e);
        } catch (CallCancelled e) {
            throw new ModelLoadException(server + " was not heard out", e);
        }
    }

    private Optional<String> key(String modelId, RemoteOptions options) throws ModelLoadException {
        if (options.apiKeyVariable().isEmpty()) {
            return Optional.empty();
        }
        String variable = options.apiKeyVariable().get();
        String value = environment.getOrDefault(variable, "").strip();
        if (!KEY.matcher(value).matches()) {
            throw new ModelLoadException(
                    "environment variable %s, which holds the API key of model %s, %s"
                            .formatted(
                                    variable,
                                    modelId,
                                    value.isEmpty() ? "is not set" : "holds no API key"));
        }
        return Optional.of(value);
    }
}
