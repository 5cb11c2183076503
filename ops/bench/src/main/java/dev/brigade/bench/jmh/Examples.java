package dev.brigade.bench.jmh;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.PresetsConfig;
import dev.brigade.config.PromptsConfig;
import dev.brigade.config.RoutingConfig;
import dev.brigade.dispatcher.planning.Planner;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Message;
import dev.brigade.dispatcher.request.Origin;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.Sampling;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingPolicy;
import dev.brigade.dispatcher.saga.Limits;
import dev.brigade.dispatcher.saga.RequestMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** What the benchmarks work on. */
final class Examples {

    static final long NOW_MS = 1_000_000;
    static final int MODELS = 16;

    private static final List<String> ROLES = List.of("primary", "fast", "coder", "thinker");

    private Examples() {}

    /** Sixteen models, four for each role, all up. */
    static Fleet fleet() {
        return Fleet.of(
                IntStream.range(0, MODELS)
                        .mapToObj(i ->
                                new Fleet.Model(
                                        modelId(i),
                                        List.of(ROLES.get(i % ROLES.size())),
                                        Set.of("chat", "completion", "json_schema"),
                                        4096,
                                        4,
                                        i % 5,
                                        Optional.empty()))
                        .toList());
    }

    static String modelId(int number) {
        return "model-" + number;
    }

    static Router router() {
        RoutingConfig table =
                RoutingConfig.parse(
                        """
                        default_role: primary
                        roles:
                          primary: {}
                          fast: {fallback: [primary]}
                          coder: {fallback: [primary]}
                          thinker: {fallback: [primary]}
                        task_types: {code: coder, analyze: thinker, simple: fast}
                        """,
                        "routing.yaml");
        return new Router(table, RoutingPolicy.leastBusy());
    }

    /** Decides requests of one model call, for which no preset and no prompt is needed. */
    static RequestMachine machine() {
        Planner planner =
                new Planner(
                        router(),
                        OrchestrationConfig.parse(
                                "default_mode: single", "orchestration.yaml", Map.of()),
                        new PresetsConfig(List.of()));
        return new RequestMachine(planner, new PromptsConfig(Map.of()), Limits.DEFAULTS);
    }

    static Request request(String id, Optional<String> model, Optional<String> taskType) {
        return new Request(
                id,
                "default",
                chat(),
                Sampling.DEFAULTS,
                model,
                taskType,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Priority.NORMAL,
                NOW_MS,
                NOW_MS + 120_000,
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                true,
                Map.of(),
                new Origin("inference.requests", 1, 7),
                ReplyTo.of("inference.replies", 2, Map.of()),
                Optional.empty(),
                false,
                false,
                OptionalInt.empty());
    }

    static Job job(int number, String tenant, Priority priority) {
        String id = "request-" + number;
        return new Job(
                Job.idOf(id, "answer", 1),
                id,
                "answer",
                1,
                modelId(0),
                tenant,
                priority,
                chat(),
                Sampling.DEFAULTS,
                NOW_MS + 3_600_000 + number,
                1,
                2,
                true,
                Optional.empty(),
                true,
                false,
                OptionalInt.empty());
    }

    private static Input chat() {
        return new Input.Chat(
                List.of(Message.of("user", "What does a consumer group do when a member leaves?")));
    }
}
