package dev.brigade.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names that both files use. */
final class ConfigNames {

    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private ConfigNames() {}

    static String modelId(YamlNode node) {
        return node.text(
                MODEL_ID,
                "a model id: 1 to 128 of letters, digits, '.', '_', '-', not led by a sign");
    }

    static String name(YamlNode node) {
        return node.text(NAME, "a name: 1 to 64 lower-case letters, digits, dashes or underscores");
    }

    /** Names without repeats, at least one. */
    static List<String> names(YamlNode node) {
        var names = new ArrayList<String>();
        for (YamlNode item : node.items()) {
            String name = name(item);
            if (names.contains(name)) {
                throw item.error("repeats " + name);
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw node.error("must hold at least one name");
        }
        return names;
    }
}
