package dev.brigade.worker.deterministic;

import dev.brigade.worker.backend.ModelLoadException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The properties of one mapping in a model file, which knows where it stands. */
final class Fields {

    private final String place;
    private final Map<?, ?> values;

    private Fields(String place, @Nullable Object value, Set<String> allowed)
            throws ModelLoadException {
        this.place = place;
        if (!(value instanceof Map<?, ?> mapping)) {
            throw error("must be a mapping");
        }
        this.values = mapping;
        for (Object name : mapping.keySet()) {
            if (!(name instanceof String known) || !allowed.contains(known)) {
                throw error(name + " is not a property; known are " + new TreeSet<>(allowed));
            }
        }
    }

    /** The mapping that a YAML text is; an empty text is an empty one. */
    static Fields parse(String place, String yaml, Set<String> allowed) throws ModelLoadException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(yaml);
            return new Fields(place, root == null ? Map.of() : root, allowed);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new ModelLoadException(
                    "%s is not valid YAML at line %d: %s".formatted(place, line, e.getProblem()),
                    e);
        } catch (YAMLException e) {
            throw new ModelLoadException(place + " is not valid YAML", e);
        }
    }

    ModelLoadException error(String problem) {
        return new ModelLoadException(place + ": " + problem);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    OptionalInt number(String name, int least, int most) throws ModelLoadException {
        if (!has(name)) {
            return OptionalInt.empty();
        }
        Object value = values.get(name);
        if (value instanceof Integer number && number >= least && number <= most) {
            return OptionalInt.of(number);
        }
        throw error("%s must be %d to %d, not %s".formatted(name, least, most, value));
    }

    Optional<String> text(String name, int least, int most) throws ModelLoadException {
        return has(name)
                ? Optional.of(text(name, values.get(name), least, most))
                : Optional.empty();
    }

    /** One text, or a list of 1 to {@code count} texts; empty where there is no such property. */
    List<String> texts(String name, int count, int most) throws ModelLoadException {
        if (!has(name)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        Object all = values.get(name);
        for (Object value : all instanceof List<?> list ? list : Collections.singletonList(all)) {
            texts.add(text(name, value, 0, most));
        }
        if (texts.isEmpty() || texts.size() > count) {
            throw error("%s must be a text or a list of 1 to %d texts".formatted(name, count));
        }
        return texts;
    }

    /** A list of mappings; empty where there is no such property. */
    List<Fields> list(String name, int most, Set<String> allowed) throws ModelLoadException {
        if (!has(name)) {
            return List.of();
        }
        if (!(values.get(name) instanceof List<?> list) || list.size() > most) {
            throw error("%s must be a list of at most %d".formatted(name, most));
        }
        List<Fields> all = new ArrayList<>();
        for (Object item : list) {
            all.add(new Fields("%s: %s[%d]".formatted(place, name, all.size()), item, allowed));
        }
        return all;
    }

    private String text(String name, @Nullable Object value, int least, int most)
            throws ModelLoadException {
        if (value instanceof String text && text.length() >= least && text.length() <= most) {
            return text;
        }
        throw error(
                "%s must be %d to %d characters of text, in quotes where it could be a number"
                        .formatted(name, least, most));
    }
}
