package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code routing.yaml} says: which role a task needs, and who stands in for it.
 *
 * @param defaultRole role of a task without a type, or with one that is not listed
 * @param taskTypes task type to role
 * @param roles role to what is known of it
 * @param anyModel whether any capable model may answer when no role's model can
 */
public record RoutingConfig(
        String defaultRole,
        Map<String, String> taskTypes,
        Map<String, Role> roles,
        boolean anyModel) {

    /**
     * A role.
     *
     * @param models ids in order of preference, in place of the roles that models declare
     * @param fallback roles that stand in, in order
     */
    public record Role(List<String> models, List<String> fallback) {
        public Role {
            models = List.copyOf(models);
            fallback = List.copyOf(fallback);
        }
    }

    public RoutingConfig {
        taskTypes = Collections.unmodifiableMap(new TreeMap<>(taskTypes));
        roles = Collections.unmodifiableMap(new TreeMap<>(roles));
    }

    /**
     * Reads and checks a file.
     *
     * @throws ConfigException naming file, property and what is allowed
     */
    public static RoutingConfig read(Path file) {
        return of(YamlNode.read(file));
    }

    /**
     * Reads and checks a text; {@code source} stands for the file's name in errors.
     *
     * @throws ConfigException naming source, property and what is allowed
     */
    public static RoutingConfig parse(String text, String source) {
        return of(YamlNode.parse(text, source));
    }

    private static RoutingConfig of(YamlNode root) {
        Properties in =
                Properties.of(root, Set.of("default_role", "any_model", "roles", "task_types"));
        Map<String, YamlNode> nodes = in.required("roles").entries();
        var roles = new TreeMap<String, Role>();
        nodes.forEach((name, node) -> roles.put(name, role(name, node, nodes.keySet())));
        var taskTypes = new TreeMap<String, String>();
        in.required("task_types")
                .entries()
                .forEach((task, node) -> taskTypes.put(task, knownRole(node, nodes.keySet())));
        return new RoutingConfig(
                knownRole(in.required("default_role"), nodes.keySet()),
                taskTypes,
                roles,
                in.optional("any_model", YamlNode::flag).orElse(true));
    }

    private static Role role(String name, YamlNode node, Set<String> known) {
        Properties in = Properties.of(node, Set.of("models", "fallback"));
        List<String> models =
                in.optional(
                                "models",
                                list -> list.items().stream().map(ConfigNames::modelId).toList())
                        .orElse(List.of());
        var fallback = new ArrayList<String>();
        for (YamlNode item : in.optional("fallback", YamlNode::items).orElse(List.of())) {
            String role = knownRole(item, known);
            if (role.equals(name) || fallback.contains(role)) {
                throw item.error("repeats the role " + role);
            }
            fallback.add(role);
        }
        return new Role(models, fallback);
    }

    private static String knownRole(YamlNode node, Set<String> known) {
        String role = ConfigNames.name(node);
        if (!known.contains(role)) {
            throw node.error("must be one of the roles " + known + ", was " + role);
        }
        return role;
    }
}
