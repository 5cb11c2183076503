package dev.brigade.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandaloneSettingsTest {

    private static final Path ROOT = Path.of("/checkout");

    @Test
    void hasDefaultsThatStayOnThisMachine() {
        assertThat(StandaloneSettings.read(ROOT, Map.of()))
                .isEqualTo(
                        new StandaloneSettings(
                                ROOT,
                                Path.of("/checkout/ops/.run"),
                                Path.of("/checkout/ops/demo-models/models"),
                                Path.of("/checkout/config"),
                                "127.0.0.1",
                                8085,
                                9092,
                                8081,
                                1500,
                                "127.0.0.1:9092",
                                Optional.empty(),
                                "/checkout/ops/.run/payloads",
                                "/checkout/ops/.run/images"));
    }

    @Test
    void takesEveryVariable() {
        var environment =
                Map.ofEntries(
                        Map.entry("BRIGADE_HOME", "/data"),
                        Map.entry("INFERENCE_MODELS_DIR", "models"),
                        Map.entry("INFERENCE_CONFIG_DIR", "/etc/brigade"),
                        Map.entry("INFERENCE_HOST", "0.0.0.0"),
                        Map.entry("INFERENCE_PORT", "1"),
                        Map.entry("BRIGADE_KAFKA_PORT", "2"),
                        Map.entry("BRIGADE_REGISTRY_PORT", "3"),
                        Map.entry("BRIGADE_MIN_MEMORY_MB", "0"),
                        Map.entry("INFERENCE_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"),
                        Map.entry("BRIGADE_SCHEMA_REGISTRY_URL", "http://registry:8081"),
                        Map.entry("INFERENCE_PAYLOADS", "s3://bucket/brigade"),
                        Map.entry("INFERENCE_IMAGE_ROOTS", "/scans,/photos"));
        var settings = StandaloneSettings.read(ROOT, environment);

        assertThat(settings)
                .isEqualTo(
                        new StandaloneSettings(
                                ROOT,
                                Path.of("/data"),
                                Path.of("/checkout/models"),
                                Path.of("/etc/brigade"),
                                "0.0.0.0",
                                1,
                                2,
                                3,
                                0,
                                "kafka:9092",
                                Optional.of("http://registry:8081"),
                                "s3://bucket/brigade",
                                "/scans,/photos"));
        assertThat(settings.restUrl()).isEqualTo("http://127.0.0.1:1");
    }

    @Test
    void commandsUseTheBrokerOfThisMachineUnlessAnotherIsNamed() {
        assertThat(StandaloneSettings.read(ROOT, Map.of("BRIGADE_KAFKA_PORT", "19092")))
                .extracting(StandaloneSettings::bootstrapServers)
                .isEqualTo("127.0.0.1:19092");
    }

    @ParameterizedTest
    @CsvSource({
        "INFERENCE_PORT, http, must be a number",
        "INFERENCE_PORT, 0, must be 1 to 65535",
        "BRIGADE_KAFKA_PORT, 65536, must be 1 to 65535",
        "BRIGADE_REGISTRY_PORT, -1, must be 1 to 65535",
        "BRIGADE_MIN_MEMORY_MB, -5, must be 0 to",
    })
    void namesTheVariableThatMakesNoSense(String variable, String value, String why) {
        assertThatThrownBy(() -> StandaloneSettings.read(ROOT, Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(why)
                .hasMessageContaining(value);
    }

    @Test
    void takesAnEmptyVariableForAMissingOne() {
        assertThat(StandaloneSettings.read(ROOT, Map.of("INFERENCE_PORT", " ")).restPort())
                .isEqualTo(8085);
    }
}
