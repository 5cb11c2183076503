package dev.brigade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingConfigTest {

    @Test
    void theShippedFileSendsEachTaskToItsRole() {
        RoutingConfig shipped = RoutingConfig.read(Path.of("routing.yaml"));

        assertThat(shipped.defaultRole()).isEqualTo("primary");
        assertThat(shipped.anyModel()).isTrue();
        assertThat(tasksOf(shipped, "coder"))
                .containsExactly("code", "debug", "refactor", "review", "test");
        assertThat(tasksOf(shipped, "thinker"))
                .containsExactly("analyze", "compare", "debate", "plan", "reason");
        assertThat(tasksOf(shipped, "fast"))
                .containsExactly("classify", "extract", "quick", "simple");
        assertThat(tasksOf(shipped, "longctx"))
                .containsExactly("document", "rag", "summarize_long");
        assertThat(shipped.roles())
                .containsEntry("primary", new RoutingConfig.Role(List.of(), List.of()))
                .containsEntry("fast", new RoutingConfig.Role(List.of(), List.of("primary")))
                .containsEntry(
                        "longctx",
                        new RoutingConfig.Role(List.of(), List.of("thinker", "primary")));
    }

    @Test
    void everyPropertyIsRead() {
        String text =
                """
                default_role: fast
                any_model: false
                roles:
                  fast: {models: [a, b], fallback: [slow]}
                  slow: {}
                task_types: {quick: fast}
                """;

        assertThat(RoutingConfig.parse(text, "routing.yaml"))
                .isEqualTo(
                        new RoutingConfig(
                                "fast",
                                Map.of("quick", "fast"),
                                Map.of(
                                        "fast",
                                        new RoutingConfig.Role(List.of("a", "b"), List.of("slow")),
                                        "slow",
                                        new RoutingConfig.Role(List.of(), List.of())),
                                false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_role: x | default_role: must be one of the roles [fast, slow], was x",
                "any_model: maybe | any_model: must be true or false, was maybe",
                "roles: {fast: {}, slow: {fallback: [x]}} | roles.slow.fallback[0]: must be one of",
                "roles: {fast: {}, slow: {fallback: [slow]}} | roles.slow.fallback[0]: repeats the role",
                "roles: {fast: {}, slow: {models: [a b]}} | roles.slow.models[0]: must be a model id",
                "roles: {fast: {}, slow: {model: a}} | roles.slow.model: is not a property",
                "task_types: {quick: x} | task_types.quick: must be one of the roles",
                "task_types: [] | task_types: must be a mapping, was a list",
                "strategy: cost | strategy: is not a property",
            })
    void anErrorNamesFileAndProperty(String line, String problem) {
        String property = line.substring(0, line.indexOf(':'));
        String rest =
                """
                default_role: fast
                roles: {fast: {}, slow: {}}
                task_types: {}
                """
                        .lines()
                        .filter(each -> !each.startsWith(property + ":"))
                        .reduce("", (all, each) -> all + each + "\n");

        assertThatThrownBy(() -> RoutingConfig.parse(rest + line, "routing.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("routing.yaml: " + problem);
    }

    private static List<String> tasksOf(RoutingConfig config, String role) {
        return config.taskTypes().entrySet().stream()
                .filter(entry -> entry.getValue().equals(role))
                .map(Map.Entry::getKey)
                .toList();
    }
}
