package dev.brigade.bench.jmh;

import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.scheduling.ModelQueue;
import dev.brigade.dispatcher.scheduling.QueueCommand;
import dev.brigade.dispatcher.scheduling.QueueEvent;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A job comes and one goes while 10,000 of ten tenants and three classes wait. The baseline is an
 * offer and a poll of a priority queue of the same jobs by deadline.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class ModelQueueBenchmark {

    private static final int WAITING = 10_000;
    private static final int SLOTS = 4;
    private static final int TENANTS = 10;
    private static final List<Priority> CLASSES =
            List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

    private final QueueLimits limits = new QueueLimits(WAITING + 10, 0, 86_400_000, 8);
    private final Deque<String> out = new ArrayDeque<>();
    private final PriorityQueue<Job> plain =
            new PriorityQueue<>(Comparator.comparingLong(Job::deadlineAtMs));
    private ModelQueue queue = ModelQueue.empty(limits);
    private int number;

    /** Fills both queues. */
    @Setup(Level.Trial)
    public void fill() {
        queue = ModelQueue.empty(limits);
        note(
                queue.apply(
                        new QueueEvent.SlotsChanged("worker", SLOTS, 86_400_000), Examples.NOW_MS));
        while (queue.waiting() < WAITING) {
            note(queue.apply(new QueueEvent.JobReady(next()), Examples.NOW_MS));
            plain.offer(next());
        }
    }

    /** One comes, one is done, and the next goes out. */
    @Benchmark
    public void readyAndRelease(Blackhole hole) {
        List<QueueCommand> ready = queue.apply(new QueueEvent.JobReady(next()), Examples.NOW_MS);
        List<QueueCommand> released =
                queue.apply(new QueueEvent.JobDone(out.removeFirst()), Examples.NOW_MS);
        note(released);
        hole.consume(ready);
        hole.consume(released);
    }

    /** One comes and the first goes. */
    @Benchmark
    public void baselinePriorityQueue(Blackhole hole) {
        plain.offer(next());
        hole.consume(plain.poll());
    }

    private void note(List<QueueCommand> commands) {
        for (QueueCommand command : commands) {
            if (command instanceof QueueCommand.Release release) {
                out.addLast(release.job().id());
            }
        }
    }

    private Job next() {
        int current = number++;
        Priority priority = CLASSES.get(current % CLASSES.size());
        return Examples.job(current, "tenant-" + current % TENANTS, priority);
    }
}
