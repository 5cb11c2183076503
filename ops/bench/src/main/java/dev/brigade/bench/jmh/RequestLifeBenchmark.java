package dev.brigade.bench.jmh;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.saga.Decision;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.dispatcher.saga.RequestMachine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The whole life of a request of one model call: taken and routed, released, started, finished. The
 * baseline makes the same four events and decides nothing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class RequestLifeBenchmark {

    private static final String STAGE = "answer";

    private final RequestMachine machine = Examples.machine();
    private final Fleet fleet = Examples.fleet();
    private int number;

    /** Four decisions. */
    @Benchmark
    public void decide(Blackhole hole) {
        Lifecycle life = Lifecycle.UNSEEN;
        for (Event event : events(number++)) {
            Decision decision = machine.decide(life, event, fleet, Examples.NOW_MS);
            hole.consume(decision);
            life = decision.next();
        }
        if (!(life instanceof Lifecycle.Closed)) {
            throw new IllegalStateException("the life did not end");
        }
    }

    /** Four events. */
    @Benchmark
    public void baselineEvents(Blackhole hole) {
        events(number++).forEach(hole::consume);
    }

    private static List<Event> events(int number) {
        String id = "request-" + number;
        String job = Job.idOf(id, STAGE, 1);
        String model = Examples.modelId(0);
        Epoch epoch = new Epoch(1, 1, "attempt-" + number);
        Attempt attempt = new Attempt(id, STAGE, job, epoch, "worker", model);
        Answer answer =
                new Answer(
                        epoch,
                        "An answer.",
                        "stop",
                        new Usage(12, 3),
                        new Timings(0, 20, 100),
                        2,
                        "digest");
        return List.of(
                new Event.RequestArrived(
                        Examples.request(id, Optional.of(model), Optional.empty())),
                new Event.JobReleased(id, STAGE, job),
                new Event.AttemptStarted(attempt),
                new Event.AttemptFinished(attempt, answer));
    }
}
