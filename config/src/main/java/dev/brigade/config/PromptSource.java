package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one prompt file: YAML between two lines {@code ---}, the system message, a line {@code ---
 * user ---}, the user message.
 */
final class PromptSource {

    private static final Pattern FORM =
            Pattern.compile(
                    "---\\n(?<head>.*?\\n)---\\n(?<system>.*?)\\n--- user ---\\n(?<user>.*)",
                    Pattern.DOTALL);
    private static final Pattern PURPOSE = Pattern.compile("[^\\p{Cntrl}]{1,300}");
    private static final int MOST_CHARS = 8_192;
    private static final Set<String> PROPERTIES =
            Set.of("version", "purpose", "variables", "schema");

    private final Path file;
    private final String name;

    private PromptSource(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    static Prompt read(Path file, String name) {
        String text = YamlNode.fileText(file).replace("\r\n", "\n");
        return new PromptSource(file, name).of(text);
    }

    private Prompt of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw error(
                    "must be YAML between two lines '---', then the system message, a line"
                            + " '--- user ---' and the user message");
        }
        Properties head =
                Properties.of(YamlNode.parse(parts.group("head"), file.toString()), PROPERTIES);
        List<String> variables = variables(head.required("variables"));
        String system = message("system", parts.group("system"));
        String user = message("user", parts.group("user"));
        checkUse(Set.copyOf(variables), used(system, user));
        return new Prompt(
                name,
                head.required("version").integer(1, 1_000_000),
                head.required("purpose").text(PURPOSE, "a line of 1 to 300 characters"),
                variables,
                schema(head),
                system,
                user);
    }

    private static List<String> variables(YamlNode node) {
        List<String> variables =
                node.items().stream().map(item -> item.oneOf(PromptRules.VARIABLES)).toList();
        if (new HashSet<>(variables).size() < variables.size()) {
            throw node.error("must name each variable once, was " + variables);
        }
        return variables;
    }

    private String message(String part, String text) {
        String message = text.strip();
        if (message.isEmpty() || message.length() > MOST_CHARS) {
            throw error(
                    "must have a %s message of 1 to %d characters, has %d"
                            .formatted(part, MOST_CHARS, message.length()));
        }
        return message;
    }

    private Set<String> used(String system, String user) {
        var used = new LinkedHashSet<String>();
        for (String text : List.of(system, user)) {
            Prompt.PLACEHOLDER
                    .matcher(text)
                    .results()
                    .forEach(place -> {
                        if (!used.add(place.group(1))) {
                            throw error("uses {{%s}} twice".formatted(place.group(1)));
                        }
                    });
            if (Prompt.PLACEHOLDER.matcher(text).replaceAll("").contains("{{")) {
                throw error("has a '{{' that opens no variable; they look like {{task}}");
            }
        }
        return used;
    }

    private void checkUse(Set<String> declared, Set<String> used) {
        requireNone("uses %s, which its variables do not name", used, declared);
        requireNone("names the variable %s, which it does not use", declared, used);
        requireNone("must use %s", PromptRules.needed(name), used);
    }

    private void requireNone(String problem, Set<String> all, Set<String> but) {
        var left = new TreeSet<>(all);
        left.removeAll(but);
        if (!left.isEmpty()) {
            throw error(problem.formatted("{{" + left.first() + "}}"));
        }
    }

    private Optional<String> schema(Properties head) {
        Set<String> read = PromptRules.JUDGES.getOrDefault(name, Set.of());
        if (read.isEmpty()) {
            head.refuse("schema", "is for judges only, which are " + PromptRules.judges());
            return Optional.empty();
        }
        YamlNode schema = head.required("schema");
        var properties = new TreeSet<>(read);
        Properties.open(schema)
                .required("properties")
                .entries()
                .keySet()
                .forEach(properties::remove);
        if (!properties.isEmpty()) {
            throw schema.error("must have the properties " + new TreeSet<>(read));
        }
        return Optional.of(schema.json());
    }

    private ConfigException error(String problem) {
        return new ConfigException(file + ": " + problem);
    }
}
