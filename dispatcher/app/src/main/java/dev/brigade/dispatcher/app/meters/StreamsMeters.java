package dev.brigade.dispatcher.app.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The few of Kafka Streams' thousand metrics that tell whether the dispatcher keeps up: one series
 * each, the worst or the sum of all threads and clients.
 */
public final class StreamsMeters {

    private static final String THREAD = "stream-thread-metrics";
    private static final String FETCH = "consumer-fetch-manager-metrics";

    private final Supplier<Map<MetricName, ? extends Metric>> metrics;

    private StreamsMeters(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        this.metrics = metrics;
    }

    /**
     * Shows them in a registry.
     *
     * @param metrics what Kafka Streams measures, asked for at every look; empty before it runs
     */
    public static void bind(
            MeterRegistry registry, Supplier<Map<MetricName, ? extends Metric>> metrics) {
        StreamsMeters meters = new StreamsMeters(metrics);
        gauge(
                registry,
                "brigade.streams.records.lag",
                "Records that the partition furthest behind has yet to read",
                () -> worst(meters.values(FETCH, "records-lag-max")));
        gauge(
                registry,
                "brigade.streams.commit.latency.ms",
                "Longest commit of the last half minute",
                () -> worst(meters.values(THREAD, "commit-latency-max")));
        gauge(
                registry,
                "brigade.streams.commits.per.second",
                "Commits of all threads",
                () -> meters.values(THREAD, "commit-rate").sum());
        gauge(
                registry,
                "brigade.streams.records.per.second",
                "Records that all threads worked on",
                () -> meters.values(THREAD, "process-rate").sum());
    }

    private static void gauge(
            MeterRegistry registry, String name, String what, Supplier<Number> value) {
        Gauge.builder(name, value).description(what).register(registry);
    }

    private static double worst(DoubleStream values) {
        return values.max().orElse(0);
    }

    /** Values of all threads or clients; what was not measured yet is left out. */
    private DoubleStream values(String group, String name) {
        return metrics.get().entrySet().stream()
                .filter(entry -> entry.getKey().group().equals(group))
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> entry.getValue().metricValue())
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .filter(Double::isFinite);
    }
}
