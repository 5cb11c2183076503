package dev.brigade.standalone.up;

import dev.brigade.standalone.home.DataFolder;
import dev.brigade.standalone.process.ChildCommand;
import dev.brigade.standalone.process.JavaFlags;
import dev.brigade.standalone.settings.StandaloneSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of Brigade's programs.
 *
 * @param command how it is started
 * @param ready where it says whether it can work
 * @param stopLimit how long it may take to end
 */
record Program(ChildCommand command, URI ready, Duration stopLimit) {

    private static final Duration REST_STOP = Duration.ofMillis(1500);
    private static final Duration STOP = Duration.ofMillis(2500);

    /** As much as two of the largest images take while they are decoded. */
    private static final int WORKER_HEAP_MB = 768;

    String name() {
        return command.name();
    }

    static Program dispatcher(StandaloneSettings settings, DataFolder folder, int healthPort) {
        Map<String, String> environment = environment(settings, folder);
        environment.put("BRIGADE_HEALTH_PORT", Integer.toString(healthPort));
        return new Program(
                command(
                        "dispatcher",
                        settings.dispatcherJar(),
                        JavaFlags.lasting(384),
                        environment,
                        folder),
                health(healthPort),
                STOP);
    }

    static Program worker(StandaloneSettings settings, DataFolder folder, int healthPort) {
        Map<String, String> environment = environment(settings, folder);
        environment.put("BRIGADE_HEALTH_PORT", Integer.toString(healthPort));
        environment.put(StandaloneSettings.IMAGE_ROOTS, settings.imageRoots());
        return new Program(
                command(
                        "worker",
                        settings.workerJar(),
                        JavaFlags.lasting(WORKER_HEAP_MB),
                        environment,
                        folder),
                health(healthPort),
                STOP);
    }

    static Program rest(StandaloneSettings settings, DataFolder folder) {
        Map<String, String> environment = environment(settings, folder);
        environment.put(StandaloneSettings.REST_HOST, settings.host());
        environment.put(StandaloneSettings.REST_PORT, Integer.toString(settings.restPort()));
        return new Program(
                command("rest", settings.restJar(), JavaFlags.quick(192), environment, folder),
                URI.create(settings.restUrl() + "/health/ready"),
                REST_STOP);
    }

    private static Map<String, String> environment(StandaloneSettings settings, DataFolder folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("INFERENCE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + settings.kafkaPort());
        environment.put(StandaloneSettings.MODELS_DIR, settings.modelsDir().toString());
        environment.put(StandaloneSettings.CONFIG_DIR, settings.configDir().toString());
        environment.put("BRIGADE_DATA_DIR", folder.state().toString());
        environment.put(StandaloneSettings.PAYLOADS, settings.payloads());
        return environment;
    }

    private static ChildCommand command(
            String name,
            Path jar,
            List<String> flags,
            Map<String, String> environment,
            DataFolder folder) {
        List<String> command = new ArrayList<>(List.of(ChildCommand.java()));
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString()));
        return new ChildCommand(name, command, environment, folder.log(name));
    }

    private static URI health(int port) {
        return URI.create("http://127.0.0.1:" + port + "/health/ready");
    }
}
