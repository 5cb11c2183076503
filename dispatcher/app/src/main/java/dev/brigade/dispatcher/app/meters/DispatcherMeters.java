package dev.brigade.dispatcher.app.meters;

import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.scheduling.ModelQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * What the dispatcher counts. The number of series is bounded: kinds, statuses and codes are few,
 * and a model's meters are made only for models that did work or have a queue, the first thousand
 * of them. What is counted in a transaction that is aborted is counted again with the next:
 * counters show the trend, the topics the truth.
 */
public final class DispatcherMeters {

    private static final String MODEL = "model_name";
    private static final String KIND = "kind";
    private static final int MOST_MODELS = 1_000;
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120)
    };

    private final MeterRegistry registry;
    private final Map<Object, OpenRequests> open = new ConcurrentHashMap<>();
    private final Map<String, Queue> queues = new ConcurrentHashMap<>();
    private final Map<String, OfModel> models = new ConcurrentHashMap<>();

    /** Meters in this registry. */
    public DispatcherMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Kind kind : Kind.values()) {
            Gauge.builder("brigade.requests.open", () -> openOf(kind))
                    .description("Requests whose terminal is yet to come")
                    .tag(KIND, kind.label())
                    .register(registry);
        }
    }

    /**
     * Counts of a partition that this process has from now on, all 0; they take the place of those
     * that it had before.
     *
     * @param partition whatever tells partitions apart
     */
    public OpenRequests openRequests(Object partition) {
        OpenRequests fresh = new OpenRequests();
        open.put(partition, fresh);
        return fresh;
    }

    /** The partition is another process's now. */
    public void forget(Object partition, OpenRequests counts) {
        open.remove(partition, counts);
    }

    /**
     * A request has ended.
     *
     * @param input empty for a record that became no request
     */
    public void ended(Reply reply, Optional<Input> input) {
        Kind kind = input.map(Kind::of).orElse(Kind.UNKNOWN);
        registry.counter(
                        "brigade.requests.ended",
                        KIND,
                        kind.label(),
                        "status",
                        reply.status().name().toLowerCase(Locale.ROOT),
                        "code",
                        reply.error().map(error -> error.code().wireName()).orElse("none"))
                .increment();
        if (reply.status() == ReplyStatus.COMPLETED) {
            reply.model().flatMap(this::ofModel).ifPresent(meters -> meters.completed(reply, kind));
        }
    }

    /** A model's queue has changed. */
    public void queue(String model, ModelQueue queue) {
        if (!queues.containsKey(model)) {
            if (queues.size() >= MOST_MODELS) {
                return;
            }
            queueGauge("brigade.num.requests.waiting", "Jobs in the queue", model, Queue::waiting);
            queueGauge("brigade.num.requests.out", "Jobs with the workers", model, Queue::out);
            queueGauge("brigade.scheduler.slots", "Places of live workers", model, Queue::slots);
        }
        queues.put(model, new Queue(queue.waiting(), queue.out(), queue.slots()));
    }

    /** The model's queue is another process's now. */
    public void forgetQueue(String model) {
        queues.replace(model, Queue.EMPTY);
    }

    private int openOf(Kind kind) {
        return open.values().stream().mapToInt(counts -> counts.of(kind)).sum();
    }

    private void queueGauge(String name, String what, String model, ToIntFunction<Queue> value) {
        Gauge.builder(name, queues, all -> value.applyAsInt(all.getOrDefault(model, Queue.EMPTY)))
                .description(what)
                .tag(MODEL, model)
                .register(registry);
    }

    private Optional<OfModel> ofModel(String model) {
        return models.size() < MOST_MODELS || models.containsKey(model)
                ? Optional.of(models.computeIfAbsent(model, OfModel::new))
                : Optional.empty();
    }

    /** A model's queue at one moment. */
    private record Queue(int waiting, int out, int slots) {

        static final Queue EMPTY = new Queue(0, 0, 0);
    }

    /** Meters of the requests that one model answered. */
    private final class OfModel {

        private final String model;
        private final Timer whole;
        private final Timer queued;

        OfModel(String model) {
            this.model = model;
            whole = timer("brigade.e2e.request.latency", "From receipt to the terminal");
            queued = timer("brigade.request.queue.time", "From receipt to the attempt's start");
        }

        void completed(Reply reply, Kind kind) {
            count("brigade.prompt.tokens", reply.usage().promptTokens());
            count("brigade.generation.tokens", reply.usage().completionTokens());
            if (kind.oneCall()) {
                record(whole, reply.finishedAtMs() - reply.receivedAtMs());
                OptionalLong queueMs = reply.queueMs();
                queueMs.ifPresent(ms -> record(queued, ms));
            }
        }

        private void count(String name, int tokens) {
            if (tokens > 0) {
                registry.counter(name, MODEL, model).increment(tokens);
            }
        }

        private Timer timer(String name, String what) {
            return Timer.builder(name)
                    .description(what)
                    .tag(MODEL, model)
                    .serviceLevelObjectives(Arrays.copyOf(BOUNDS, BOUNDS.length))
                    .register(registry);
        }

        private static void record(Timer timer, long ms) {
            timer.record(Duration.ofMillis(Math.max(0, ms)));
        }
    }
}
