package dev.brigade.worker.remote;

import dev.brigade.config.RemoteOptions;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TokenSink;
import dev.brigade.worker.vision.VisionClassifier;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a remote model is made of.
 *
 * @param pace when its server is looked at
 */
record RemoteParts(ModelSpec spec, RemoteOptions options, Server server, Watch.Pace pace) {

    private static final Set<String> GENERATED =
            Set.of("chat", "completion", "json_schema", "image_input", "classify");
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    /** Told whether the server counted an answer's tokens. */
    @FunctionalInterface
    interface UsageWatch {
        void told(boolean counted);
    }

    String id() {
        return spec.id();
    }

    /** The model's name on the server. */
    String name() {
        return options.model().orElse(spec.id());
    }

    int contextLength() {
        return spec.contextLength();
    }

    boolean can(String capability) {
        return options.capabilities().contains(capability);
    }

    boolean generates() {
        return options.capabilities().stream().anyMatch(GENERATED::contains);
    }

    /** What embeds can rank too, by the worker's own arithmetic. */
    Set<String> capabilities() {
        Set<String> all = new HashSet<>(options.capabilities());
        if (all.contains("embedding")) {
            all.add("rerank");
        }
        return all;
    }

    List<String> labels() {
        if (!can("classify")) {
            return List.of();
        }
        List<String> said = spec.options().classify().labels();
        return said.isEmpty() ? VisionClassifier.DEFAULT_LABELS : said;
    }

    Presence look() throws InterruptedException {
        Duration longest = options.connectTimeout().plus(LONGEST_LOOK);
        return server.look(name(), longest);
    }

    CallTime time(Duration limit, Cancellation cancellation) {
        return server.time(limit, cancellation);
    }

    Outcome generate(GenerationRequest request, TokenSink sink, CallTime time, UsageWatch usage)
            throws CallFailure, CallCancelled, InterruptedException {
        TextBody body = TextBody.of(request, name(), contextLength());
        try (Exchange exchange = server.post(body.path(), body.json(), "text/event-stream", time)) {
            if (!exchange.headers()
                    .firstValue("Content-Type")
                    .orElse("")
                    .startsWith("text/event-stream")) {
                throw CallFailure.malformed("with no stream of events");
            }
            TextStream text = new TextStream(new EventLines(exchange), sink, body.promptTokens());
            Outcome outcome = text.read(time);
            usage.told(text.isCounted() || outcome instanceof Outcome.Cancelled);
            return outcome;
        }
    }

    VectorCalls vectors() {
        return new VectorCalls(
                server, name(), spec.options().embedding(), spec.options().batch().maxSize());
    }

    RankCalls scores() {
        return new RankCalls(server, name());
    }
}
