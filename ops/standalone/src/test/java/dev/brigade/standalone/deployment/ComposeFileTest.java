package dev.brigade.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file, as far as it can be checked where no Docker is. */
class ComposeFileTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");
    private static final Map<String, String> PROGRAMS =
            Map.of(
                    "dispatcher",
                    "dispatcher/app",
                    "worker",
                    "worker/app",
                    "rest",
                    "dispatcher/rest");

    private final Map<String, ?> compose = read();
    private final Map<String, ?> services = map(compose, "services");

    @Test
    void namesTheWholeSystem() {
        assertThat(services.keySet())
                .isEqualTo(Set.of("kafka", "registry", "dispatcher", "worker", "rest"));
        assertThat(map(services, "kafka").get("image")).isEqualTo("apache/kafka:4.3.1");
    }

    @Test
    void givesEveryServiceAnImageAndAHealthCheck() {
        for (String name : services.keySet()) {
            Map<String, ?> service = map(services, name);
            assertThat(service.get("image")).as(name).asString().matches("[a-z/-]+:[0-9.]+");
            Map<String, ?> health = map(service, "healthcheck");
            assertThat(health.keySet()).as(name).contains("test", "interval", "timeout", "retries");
            assertThat(health.get("test")).as(name).asString().startsWith("[CMD");
        }
    }

    @Test
    void buildsEachProgramFromAStageOfTheDockerfile() throws IOException {
        for (String name : PROGRAMS.keySet()) {
            Map<String, ?> build = map(map(services, name), "build");
            Path file = Checkout.ROOT.resolve(String.valueOf(build.get("dockerfile")));
            String dockerfile = Files.readString(file);

            assertThat(build.get("context")).isEqualTo(".");
            assertThat(dockerfile).contains("FROM base AS " + build.get("target") + "\n");
            assertThat(dockerfile).contains("/src/" + PROGRAMS.get(name) + "/target/lib");
        }
    }

    @Test
    void setsOnlyVariablesThatTheProgramsRead() throws IOException {
        for (var program : PROGRAMS.entrySet()) {
            Set<String> set =
                    new TreeSet<>(map(map(services, program.getKey()), "environment").keySet());
            assertThat(set).contains("INFERENCE_KAFKA_BOOTSTRAP_SERVERS");
            assertThat(variablesOf(program.getValue())).as(program.getKey()).containsAll(set);
        }
    }

    @Test
    void setsOnlyPropertiesThatKafkaKnows() {
        Set<String> known = KafkaConfig.configDef().names();
        for (String variable : map(map(services, "kafka"), "environment").keySet()) {
            String property =
                    variable.replaceFirst("KAFKA_", "").toLowerCase(Locale.ROOT).replace('_', '.');
            assertThat(known).contains(property);
        }
    }

    @Test
    void mountsOnlyWhatIsDeclaredOrThere() {
        Set<String> declared = map(compose, "volumes").keySet();
        for (String name : services.keySet()) {
            if (map(services, name).get("volumes") instanceof List<?> volumes) {
                for (Object volume : volumes) {
                    String source = volume.toString().split(":", -1)[0];
                    boolean found =
                            declared.contains(source)
                                    || Files.isDirectory(Checkout.ROOT.resolve(source));
                    assertThat(found).as(source + " of " + name).isTrue();
                }
            }
        }
    }

    @Test
    void dependsOnlyOnServicesThatSayWhenTheyAreHealthy() {
        for (String name : services.keySet()) {
            if (map(services, name).get("depends_on") instanceof Map<?, ?> others) {
                others.forEach((other, how) -> {
                    assertThat(services.keySet()).contains(other.toString());
                    assertThat(how).hasToString("{condition=service_healthy}");
                });
            }
        }
    }

    /** The variables named in the configuration files of a program. */
    private static Set<String> variablesOf(String module) throws IOException {
        Path resources = Checkout.ROOT.resolve(module).resolve("src/main/resources");
        Set<String> variables = new TreeSet<>();
        try (Stream<Path> files = Files.walk(resources)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yml")).toList()) {
                VARIABLE.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> variables.add(found.group(1)));
            }
        }
        return variables;
    }

    private static Map<String, ?> read() {
        try {
            var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            return asMap(
                    yaml.load(Files.readString(Checkout.ROOT.resolve("docker-compose.yml"))),
                    "docker-compose.yml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ?> map(Map<String, ?> parent, String key) {
        return asMap(parent.get(key), key);
    }

    @SuppressWarnings("unchecked") // the keys of a YAML mapping in this file are strings
    private static Map<String, ?> asMap(@Nullable Object value, String what) {
        assertThat(value).as(what).isInstanceOf(Map.class);
        return (Map<String, ?>) Objects.requireNonNull(value);
    }
}
