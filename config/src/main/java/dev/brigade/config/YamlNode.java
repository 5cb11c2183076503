package dev.brigade.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A place in a YAML file, which knows its file and property path, so that each error can say where
 * it is. Only plain YAML is read: no tags, no duplicate keys, at most 1 MiB.
 */
final class YamlNode {

    private static final int MAX_CHARS = 1 << 20;
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,9}");

    private final String file;
    private final String path;
    private final @Nullable Object value;

    private YamlNode(String file, String path, @Nullable Object value) {
        this.file = file;
        this.path = path;
        this.value = value;
    }

    static YamlNode read(Path file) {
        return parse(fileText(file), file.toString());
    }

    static String fileText(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file", e);
        } catch (MalformedInputException e) {
            throw new ConfigException(file + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    static YamlNode parse(String text, String file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_CHARS);
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(text);
            return new YamlNode(file, "", root);
        } catch (YAMLException e) {
            throw new ConfigException(file + ": is not valid YAML: " + e.getMessage(), e);
        }
    }

    /** A text that stands in no file, such as that of an environment variable. */
    static YamlNode text(String text, String source) {
        return new YamlNode(source, "", text);
    }

    /**
     * A number that stands in no file; whatever is none stays text, which no check of one takes.
     */
    static YamlNode number(String text, String source) {
        return new YamlNode(source, "", numberOrText(text));
    }

    /** Texts that stand in no file. */
    static YamlNode list(List<String> texts, String source) {
        return new YamlNode(source, "", texts);
    }

    private static Object numberOrText(String text) {
        try {
            return WHOLE.matcher(text).matches()
                    ? (Object) Integer.valueOf(text)
                    : (Object) Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    ConfigException error(String problem) {
        return new ConfigException(
                path.isEmpty() ? file + ": " + problem : file + ": " + path + ": " + problem);
    }

    /** The properties of a mapping, which may be these only. */
    Map<String, YamlNode> properties(Set<String> allowed) {
        Map<String, YamlNode> entries = entries();
        entries.forEach((name, entry) -> {
            if (!allowed.contains(name)) {
                throw entry.error("is not a property; known are " + new TreeSet<>(allowed));
            }
        });
        return entries;
    }

    /** A mapping with free keys, in file order. */
    Map<String, YamlNode> entries() {
        if (!(value instanceof Map<?, ?> map)) {
            throw error("must be a mapping" + was());
        }
        var entries = new LinkedHashMap<String, YamlNode>();
        map.forEach((key, child) -> {
            String name = String.valueOf(key);
            entries.put(name, new YamlNode(file, join(name), child));
        });
        return entries;
    }

    /** The name of a mapping's first entry, standing where the mapping stands. */
    YamlNode firstName() {
        return new YamlNode(file, path, entries().keySet().iterator().next());
    }

    List<YamlNode> items() {
        if (!(value instanceof List<?> list)) {
            throw error("must be a list" + was());
        }
        var items = new ArrayList<YamlNode>();
        for (Object item : list) {
            items.add(new YamlNode(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    String text(Pattern allowed, String meaning) {
        if (!(value instanceof String text) || !allowed.matcher(text).matches()) {
            throw error("must be " + meaning + was());
        }
        return text;
    }

    String oneOf(List<String> allowed) {
        if (!(value instanceof String text) || !allowed.contains(text)) {
            throw error("must be one of " + allowed + was());
        }
        return text;
    }

    int integer(int least, int most) {
        if (!(value instanceof Integer number) || number < least || number > most) {
            throw error("must be a whole number from %d to %d".formatted(least, most) + was());
        }
        return number;
    }

    double decimal(double least, double most) {
        if (!(value instanceof Number number)
                || !(number.doubleValue() >= least && number.doubleValue() <= most)) {
            throw error("must be a number from %s to %s".formatted(least, most) + was());
        }
        return number.doubleValue();
    }

    /** A time such as {@code 5ms}, {@code 30s} or {@code 2m}. */
    Duration duration(Duration least, Duration most) {
        Matcher time = TIME.matcher(String.valueOf(value));
        if (time.matches()) {
            Duration duration = time(time);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        throw error(
                "must be a time from %s to %s, such as 5ms, 30s or 2m"
                                .formatted(Bounds.plain(least), Bounds.plain(most))
                        + was());
    }

    private static Duration time(Matcher time) {
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    boolean flag() {
        if (!(value instanceof Boolean flag)) {
            throw error("must be true or false" + was());
        }
        return flag;
    }

    boolean isMapping() {
        return value instanceof Map;
    }

    /** The value as JSON, a mapping's keys in file order. */
    String json() {
        var out = new StringBuilder();
        JsonText.write(value, out);
        return out.toString();
    }

    private String was() {
        return switch (value) {
            case null -> ", was empty";
            case Map<?, ?> _ -> ", was a mapping";
            case List<?> _ -> ", was a list";
            default -> ", was " + value;
        };
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Optional properties of one mapping. */
    record Properties(YamlNode parent, Map<String, YamlNode> nodes) {

        static Properties of(YamlNode parent, Set<String> allowed) {
            return new Properties(parent, parent.properties(allowed));
        }

        /** A mapping with free keys. */
        static Properties open(YamlNode parent) {
            return new Properties(parent, parent.entries());
        }

        YamlNode required(String name) {
            YamlNode node = nodes.get(name);
            if (node == null) {
                throw parent.error("needs the property " + name);
            }
            return node;
        }

        /** A mapping that may be left out, with what it says empty then. */
        Properties group(String name, Set<String> allowed) {
            YamlNode node = nodes.get(name);
            return node == null ? new Properties(parent, Map.of()) : of(node, allowed);
        }

        <T> Optional<T> optional(String name, Function<YamlNode, T> read) {
            return Optional.ofNullable(nodes.get(name)).map(read);
        }

        /** That the property is not there. */
        void refuse(String name, String problem) {
            YamlNode node = nodes.get(name);
            if (node != null) {
                throw node.error(problem);
            }
        }

        int integer(String name, int least, int most, int otherwise) {
            return optional(name, node -> node.integer(least, most)).orElse(otherwise);
        }

        OptionalInt integer(String name, int least, int most) {
            YamlNode node = nodes.get(name);
            return node == null ? OptionalInt.empty() : OptionalInt.of(node.integer(least, most));
        }

        OptionalDouble decimal(String name, double least, double most) {
            YamlNode node = nodes.get(name);
            return node == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(node.decimal(least, most));
        }

        Duration duration(String name, Duration least, Duration most, Duration otherwise) {
            return optional(name, node -> node.duration(least, most)).orElse(otherwise);
        }

        /** One of an enum's constants, in lower case. */
        <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
            List<String> allowed =
                    Arrays.stream(type.getEnumConstants())
                            .map(each -> each.name().toLowerCase(Locale.ROOT))
                            .toList();
            return optional(name, node -> node.oneOf(allowed))
                    .map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
        }

        <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
            return choice(name, type).orElse(otherwise);
        }
    }
}
