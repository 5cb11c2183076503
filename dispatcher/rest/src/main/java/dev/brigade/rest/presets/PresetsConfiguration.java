package dev.brigade.rest.presets;

import dev.brigade.config.ConfigException;
import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.PresetsConfig;
import dev.brigade.rest.config.RestProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class PresetsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(PresetsConfiguration.class);

    /** Those that change what is shown; the others are the dispatcher's alone. */
    private static final List<String> VARIABLES =
            List.of("INFERENCE_CONFIG", "INFERENCE_DEFAULT_PRESET", "INFERENCE_ORCHESTRATION_MODE");

    /**
     * What the files in the folder say. The adapter works without them, so a file that is not there
     * says nothing.
     *
     * @throws ConfigException for a file that cannot be used
     */
    @Bean
    Presets presets(RestProperties properties, Environment environment) {
        return read(properties.configDir(), environment);
    }

    static Presets read(Path folder, Environment environment) {
        Path orchestration = folder.resolve("orchestration.yaml");
        Path presets = folder.resolve("presets.yaml");
        Map<String, String> variables = variables(environment);
        return new Presets(
                isThere(orchestration)
                        ? OrchestrationConfig.read(orchestration, variables)
                        : OrchestrationConfig.parse("{}", "no orchestration.yaml", variables),
                isThere(presets) ? PresetsConfig.read(presets) : new PresetsConfig(List.of()));
    }

    private static boolean isThere(Path file) {
        boolean there = Files.exists(file);
        if (!there) {
            log.info("There is no {}, so nothing of it is shown", file);
        }
        return there;
    }

    private static Map<String, String> variables(Environment environment) {
        Map<String, String> variables = new HashMap<>();
        for (String name : VARIABLES) {
            String value = environment.getProperty(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }
}
