package dev.brigade.dispatcher.app.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

final class StreamsMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<MetricName, Metric> metrics = new HashMap<>();

    StreamsMetersTest() {
        StreamsMeters.bind(registry, () -> metrics);
    }

    @Test
    void thereAreFourSeriesHoweverManyThreadsThereAre() {
        for (int thread = 0; thread < 50; thread++) {
            measure("stream-thread-metrics", "commit-rate", thread, 2.0);
        }

        assertThat(registry.getMeters()).hasSize(4);
    }

    @Test
    void theWorstLagAndCommitAreShownAndRatesAreAdded() {
        measure("consumer-fetch-manager-metrics", "records-lag-max", 1, 7.0);
        measure("consumer-fetch-manager-metrics", "records-lag-max", 2, 40.0);
        measure("consumer-fetch-manager-metrics", "records-lag-max", 3, Double.NaN);
        measure("stream-thread-metrics", "commit-latency-max", 1, 12.0);
        measure("stream-thread-metrics", "commit-latency-max", 2, 9.0);
        measure("stream-thread-metrics", "commit-rate", 1, 1.5);
        measure("stream-thread-metrics", "commit-rate", 2, 2.0);
        measure("stream-thread-metrics", "process-rate", 1, "a text");
        measure("stream-task-metrics", "process-rate", 1, 99.0);

        assertThat(gauge("brigade.streams.records.lag")).isEqualTo(40);
        assertThat(gauge("brigade.streams.commit.latency.ms")).isEqualTo(12);
        assertThat(gauge("brigade.streams.commits.per.second")).isEqualTo(3.5);
        assertThat(gauge("brigade.streams.records.per.second")).isZero();
    }

    @Test
    void beforeAnythingRunsEverythingIsZero() {
        assertThat(registry.getMeters())
                .allSatisfy(
                        meter -> assertThat(meter.measure().iterator().next().getValue()).isZero());
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private void measure(String group, String name, int thread, Object value) {
        MetricName named =
                new MetricName(name, group, "", Map.of("thread-id", Integer.toString(thread)));
        metrics.put(
                named,
                new Metric() {
                    @Override
                    public MetricName metricName() {
                        return named;
                    }

                    @Override
                    public Object metricValue() {
                        return value;
                    }
                });
    }
}
