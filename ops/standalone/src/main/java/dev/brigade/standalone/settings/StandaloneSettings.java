package dev.brigade.standalone.settings;

import dev.brigade.standalone.home.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set about a standalone system.
 *
 * @param root the checkout, below which the programs' jars lie
 * @param home data folder
 * @param modelsDir folder of model files
 * @param configDir folder of {@code models.yaml} and its fellows
 * @param host address on which the REST adapter listens
 * @param restPort port of the REST adapter
 * @param kafkaPort port of the broker on 127.0.0.1
 * @param registryPort port of the schema registry on 127.0.0.1
 * @param minMemoryMb memory that must be available before anything is started, in MiB
 * @param bootstrapServers the Kafka cluster that {@code saga} and {@code participant} use
 * @param schemaRegistry base address of the registry that the cluster's programs use; empty where
 *     they use the contract's own ids
 * @param payloads where what does not fit a record is kept: a folder, or another location that the
 *     programs know
 * @param imageRoots folders below which the worker may read images, comma-separated
 */
public record StandaloneSettings(
        Path root,
        Path home,
        Path modelsDir,
        Path configDir,
        String host,
        int restPort,
        int kafkaPort,
        int registryPort,
        int minMemoryMb,
        String bootstrapServers,
        Optional<String> schemaRegistry,
        String payloads,
        String imageRoots) {

    public static final String HOME = "BRIGADE_HOME";
    public static final String MODELS_DIR = "INFERENCE_MODELS_DIR";
    public static final String CONFIG_DIR = "INFERENCE_CONFIG_DIR";
    public static final String REST_HOST = "INFERENCE_HOST";
    public static final String REST_PORT = "INFERENCE_PORT";
    public static final String KAFKA_PORT = "BRIGADE_KAFKA_PORT";
    public static final String REGISTRY_PORT = "BRIGADE_REGISTRY_PORT";
    public static final String MIN_MEMORY_MB = "BRIGADE_MIN_MEMORY_MB";
    public static final String BOOTSTRAP_SERVERS = "INFERENCE_KAFKA_BOOTSTRAP_SERVERS";
    public static final String SCHEMA_REGISTRY = "BRIGADE_SCHEMA_REGISTRY_URL";
    public static final String PAYLOADS = "INFERENCE_PAYLOADS";
    public static final String IMAGE_ROOTS = "INFERENCE_IMAGE_ROOTS";

    private static final int MAX_PORT = 65_535;

    /**
     * Reads the settings.
     *
     * @throws SettingsException naming the variable that makes no sense
     */
    public static StandaloneSettings read(Path root, Map<String, String> environment) {
        var variables = new Variables(root, environment);
        int kafkaPort = variables.number(KAFKA_PORT, 9092, 1, MAX_PORT);
        Path home = variables.path(HOME, "ops/.run");
        return new StandaloneSettings(
                root,
                home,
                variables.path(MODELS_DIR, "ops/demo-models/models"),
                variables.path(CONFIG_DIR, "config"),
                variables.text(REST_HOST, "127.0.0.1"),
                variables.number(REST_PORT, 8085, 1, MAX_PORT),
                kafkaPort,
                variables.number(REGISTRY_PORT, 8081, 1, MAX_PORT),
                variables.number(MIN_MEMORY_MB, 1500, 0, 1 << 20),
                variables.text(BOOTSTRAP_SERVERS, "127.0.0.1:" + kafkaPort),
                Optional.of(variables.text(SCHEMA_REGISTRY, "")).filter(url -> !url.isEmpty()),
                variables.text(PAYLOADS, home.resolve(DataFolder.PAYLOADS).toString()),
                variables.text(IMAGE_ROOTS, home.resolve(DataFolder.IMAGES).toString()));
    }

    /** The jars that the system is started from. */
    public List<Path> jars() {
        return List.of(dispatcherJar(), workerJar(), restJar());
    }

    public Path dispatcherJar() {
        return root.resolve("dispatcher/app/target/dispatcher-app.jar");
    }

    public Path workerJar() {
        return root.resolve("worker/app/target/worker-app.jar");
    }

    public Path restJar() {
        return root.resolve("dispatcher/rest/target/dispatcher-rest.jar");
    }

    /** Where a client on this machine reaches the REST adapter. */
    public String restUrl() {
        boolean anyAddress = host.equals("0.0.0.0") || host.equals("::");
        return "http://%s:%d".formatted(anyAddress ? "127.0.0.1" : host, restPort);
    }

    private record Variables(Path root, Map<String, String> environment) {

        String text(String name, String otherwise) {
            String value = environment.getOrDefault(name, "").strip();
            return value.isEmpty() ? otherwise : value;
        }

        Path path(String name, String otherwise) {
            return root.resolve(text(name, otherwise)).normalize();
        }

        int number(String name, int otherwise, int least, int most) {
            String value = text(name, Integer.toString(otherwise));
            int number;
            try {
                number = Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new SettingsException(name + " must be a number, not " + value);
            }
            if (number < least || number > most) {
                throw new SettingsException(
                        "%s must be %d to %d, not %d".formatted(name, least, most, number));
            }
            return number;
        }
    }
}
