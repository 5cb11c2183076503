package dev.brigade.bench.jmh;

import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingDecision;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Which of sixteen models takes a request. The baseline looks through them for the least busy one
 * of a role, without reasons, fallbacks and constraints.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class RoutingBenchmark {

    private final Router router = Examples.router();
    private final Fleet fleet = Examples.fleet();
    private final Request explicit =
            Examples.request("r", Optional.of(Examples.modelId(7)), Optional.empty());
    private final Request auto = Examples.request("r", Optional.empty(), Optional.of("code"));

    /** A model by its id. */
    @Benchmark
    public RoutingDecision explicitModel() {
        return router.route(explicit, fleet);
    }

    /** A model by task type. */
    @Benchmark
    public RoutingDecision taskType() {
        return router.route(auto, fleet);
    }

    /** The least busy model of a role. */
    @Benchmark
    public Optional<Fleet.Model> baselineLeastBusy() {
        return fleet.models().stream()
                .filter(model -> model.roles().contains("coder"))
                .min(Comparator.comparingInt(Fleet.Model::busy));
    }
}
