package dev.brigade.rest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.client.ClientSettings;
import dev.brigade.rest.RestApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @Test
    void theFileAloneGivesTheDocumentedDefaults() {
        assertThat(rest(Map.of()))
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(
                        new RestProperties(
                                InetAddress.getLoopbackAddress(),
                                8085,
                                Duration.ofSeconds(120),
                                256,
                                DataSize.ofMegabytes(4),
                                DataSize.ofMegabytes(64),
                                DataSize.ofMegabytes(64),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(250),
                                Path.of("config"),
                                true,
                                ""));
        assertThat(kafka(Map.of()))
                .isEqualTo(
                        new KafkaProperties(
                                "localhost:9092",
                                null,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10),
                                64,
                                Map.of()));
    }

    @Test
    void everyVariableReachesItsSetting() {
        Map<String, String> variables =
                Map.of(
                        "INFERENCE_HOST", "0.0.0.0",
                        "INFERENCE_PORT", "9000",
                        "INFERENCE_REQUEST_TIMEOUT", "30",
                        "INFERENCE_MAX_CONCURRENT_REQUESTS", "7",
                        "INFERENCE_CONFIG_DIR", "/etc/brigade",
                        "BRIGADE_MAX_BODY", "1MB",
                        "BRIGADE_MAX_UPLOAD", "2MB",
                        "BRIGADE_MODEL_CONTROL", "false",
                        "INFERENCE_KAFKA_BOOTSTRAP_SERVERS", "a:1,b:2",
                        "BRIGADE_SCHEMA_REGISTRY_URL", "http://r:8081");
        RestProperties rest = rest(variables);
        assertThat(rest.host().getHostAddress()).isEqualTo("0.0.0.0");
        assertThat(rest.port()).isEqualTo(9000);
        assertThat(rest.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rest.maxConcurrentRequests()).isEqualTo(7);
        assertThat(rest.configDir()).isEqualTo(Path.of("/etc/brigade"));
        assertThat(rest.maxBody()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(rest.maxUpload()).isEqualTo(DataSize.ofMegabytes(2));
        assertThat(rest.modelControl()).isFalse();
        ClientSettings client =
                ConnectionConfiguration.settings(
                        rest, kafka(variables), PayloadConfiguration.location("/payloads"));
        assertThat(client.payloads()).contains("/payloads");
        assertThat(client.bootstrapServers()).isEqualTo("a:1,b:2");
        assertThat(client.schemaRegistryUrl()).isEqualTo("http://r:8081");
        assertThat(client.defaultDeadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(client.maxOpenRequests()).isEqualTo(7);
    }

    @Test
    void kafkaTakesFurtherPropertiesAsTheyAre() {
        Map<String, String> more = Map.of("brigade.kafka.properties.security.protocol", "SSL");
        assertThat(kafka(more).properties()).containsEntry("security.protocol", "SSL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INFERENCE_PORT; -1; brigade.rest.port (INFERENCE_PORT) must be 0 to 65535",
                "INFERENCE_REQUEST_TIMEOUT; 0; (INFERENCE_REQUEST_TIMEOUT) must be 1s to 86400s",
                "INFERENCE_MAX_CONCURRENT_REQUESTS; 0; must be 1 to 10000, not 0",
                "BRIGADE_MAX_BODY; 1B; brigade.rest.max-body in bytes must be 1024 to 67108864",
                "brigade.rest.max-body-memory; 1MB; must be 4194304 to",
                "BRIGADE_MAX_UPLOAD; 1KB; brigade.rest.max-upload in bytes must be 1048576 to",
                "brigade.rest.keep-alive; 1ms; brigade.rest.keep-alive must be 100ms to 30s",
                "brigade.rest.hang-up-check; 1h; brigade.rest.hang-up-check must be 10ms to 10s",
                "brigade.kafka.max-followers; 0; brigade.kafka.max-followers must be 1 to 10000"
            })
    void aValueOutOfRangeIsRefusedByTheNameOfTheSettingAndItsRange(
            String name, String value, String message) {
        assertThatThrownBy(() -> bind(name, value)).rootCause().message().contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "INFERENCE_PORT, many, brigade.rest.port",
        "INFERENCE_HOST, no such host, brigade.rest.host",
        "INFERENCE_REQUEST_TIMEOUT, soon, brigade.rest.request-timeout",
        "BRIGADE_MAX_BODY, large, brigade.rest.max-body"
    })
    void aValueOfAnotherTypeIsRefusedByTheNameOfTheSetting(
            String name, String value, String setting) {
        assertThatThrownBy(() -> bind(name, value))
                .hasStackTraceContaining(setting)
                .hasStackTraceContaining(value);
    }

    /** As all others are that are refused. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INFERENCE_PORT; 65536; brigade.rest.port (INFERENCE_PORT) must be 0 to 65535",
                "INFERENCE_PAYLOADS; payloads; brigade.payloads (INFERENCE_PAYLOADS): the folder of",
                "INFERENCE_PAYLOADS; ftp://x; brigade.payloads (INFERENCE_PAYLOADS): a payload store is",
                "INFERENCE_ORCHESTRATION_MODE; map; INFERENCE_ORCHESTRATION_MODE: must be one of",
                "INFERENCE_CONFIG; -; INFERENCE_CONFIG: must be a preset id"
            })
    void aValueThatIsRefusedStopsTheStart(String name, String value, String message) {
        assertThatThrownBy(() -> startWith(name, value)).rootCause().message().contains(message);
    }

    private static void bind(String name, String value) {
        rest(Map.of(name, value));
        kafka(Map.of(name, value));
    }

    private static void startWith(String name, String value) {
        RestApplication.application().run("--" + name + "=" + value).close();
    }

    private static RestProperties rest(Map<String, String> variables) {
        return binder(variables).bindOrCreate("brigade.rest", RestProperties.class);
    }

    private static KafkaProperties kafka(Map<String, String> variables) {
        return binder(variables).bindOrCreate("brigade.kafka", KafkaProperties.class);
    }

    /** The file that is shipped, with these variables and nothing of this machine's. */
    private static Binder binder(Map<String, String> variables) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("variables", new HashMap<>(variables)));
        try {
            new YamlPropertySourceLoader()
                    .load("rest.yml", new ClassPathResource("rest.yml"))
                    .forEach(sources::addLast);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new Binder(
                ConfigurationPropertySources.from(sources),
                new PropertySourcesPlaceholdersResolver(sources),
                ApplicationConversionService.getSharedInstance());
    }
}
