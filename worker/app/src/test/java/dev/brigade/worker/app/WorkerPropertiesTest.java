package dev.brigade.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class WorkerPropertiesTest {

    @Test
    void defaultsSuitOneMachine() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new WorkerProperties(
                                null,
                                Path.of("models"),
                                Path.of("config"),
                                null,
                                List.of(),
                                null,
                                null,
                                2,
                                256,
                                4,
                                8087,
                                Duration.ofMillis(20),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(4),
                                Duration.ofMinutes(10)));
    }

    @Test
    void everySettingIsMapped() {
        Map<String, String> all = new HashMap<>();
        all.put("id", "w1");
        all.put("models-dir", "/m");
        all.put("config-dir", "/c");
        all.put("gpu-layers", "12");
        all.put("preload-models", "a,b");
        all.put("max-concurrent-per-model", "3");
        all.put("max-memory", "2GB");
        all.put("parallel-loads", "4");
        all.put("max-pins", "5");
        all.put("takers", "6");
        all.put("health-port", "9");
        all.put("chunk-interval", "1ms");
        all.put("progress-interval", "2s");
        all.put("lock", "20s");
        all.put("heartbeat", "4s");
        all.put("ttl", "9s");
        all.put("look-interval", "6s");
        all.put("unload-grace", "7s");
        all.put("stop-grace", "8s");
        all.put("drain-grace", "9m");

        assertThat(bind(all))
                .isEqualTo(
                        new WorkerProperties(
                                "w1",
                                Path.of("/m"),
                                Path.of("/c"),
                                12,
                                List.of("a", "b"),
                                3,
                                DataSize.ofGigabytes(2),
                                4,
                                5,
                                6,
                                9,
                                Duration.ofMillis(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofMinutes(9)));
    }

    @Test
    void anEmptyVariableIsNoSetting() {
        WorkerProperties bound =
                bind(
                        Map.of(
                                "id", "",
                                "gpu-layers", "",
                                "preload-models", "",
                                "max-concurrent-per-model", ""));

        assertThat(bound).isEqualTo(bind(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "id, a b, brigade.worker.id must be",
        "gpu-layers, -2, (INFERENCE_GPU_LAYERS) must be -1 to 999",
        "max-concurrent-per-model, 0, (INFERENCE_MAX_CONCURRENT_PER_MODEL) must be 1 to 256",
        "max-memory, 1KB, brigade.worker.max-memory must be 1MB or more",
        "parallel-loads, 17, brigade.worker.parallel-loads must be 1 to 16",
        "max-pins, 0, brigade.worker.max-pins must be 1 to 10000",
        "max-pins, 10001, brigade.worker.max-pins must be 1 to 10000",
        "takers, 65, brigade.worker.takers must be 1 to 64",
        "health-port, 65536, (BRIGADE_HEALTH_PORT) must be 0 to 65535",
        "chunk-interval, 2s, brigade.worker.chunk-interval must be 0s to 1s",
        "progress-interval, 21s, brigade.worker.progress-interval must be 100ms to 20s",
        "lock, 14s, brigade.worker.lock must be 15s to 60s",
        "heartbeat, 61s, brigade.worker.heartbeat must be 100ms to 60s",
        "ttl, 5s, brigade.worker.ttl must be 6s to 3600s",
        "look-interval, 1ms, brigade.worker.look-interval must be 100ms to 3600s",
        "unload-grace, 2h, brigade.worker.unload-grace must be 0s to 3600s",
        "stop-grace, 2h, brigade.worker.stop-grace must be 0s to 3600s",
        "drain-grace, 25h, brigade.worker.drain-grace must be 0s to 86400s"
    })
    void aSettingOutOfBoundsNamesItselfAndItsRange(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .hasMessageContaining(message);
    }

    @Test
    void partitionsAndServersAreCheckedToo() {
        assertThatThrownBy(() -> new KafkaProperties("k:9092", null, 0, Map.of()))
                .hasMessage("brigade.topics.partitions must be 1 to 4096, not 0");
        assertThatThrownBy(() -> new KafkaProperties(" ", null, 4, Map.of()))
                .hasMessageContaining("(INFERENCE_KAFKA_BOOTSTRAP_SERVERS) must not be empty");
    }

    private static WorkerProperties bind(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("brigade.worker." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("brigade.worker", WorkerProperties.class);
    }
}
