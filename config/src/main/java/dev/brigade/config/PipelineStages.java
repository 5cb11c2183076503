package dev.brigade.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The stages of a pipeline, by name. Each name has a prompt {@code pipeline/<name>}; {@link
 * #VALIDATE} judges what the stages before it made.
 */
public final class PipelineStages {

    /** The stage that judges and may send back; it can only be the last. */
    public static final String VALIDATE = "validate";

    /** The prompt of a stage that runs again after it was sent back; no stage has this name. */
    public static final String AGAIN = "again";

    static final int MOST = 8;

    /** A number after a dash is left to {@link #ids}. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(-[a-z][a-z0-9_]*)*");

    static final int LONGEST = 32;

    private PipelineStages() {}

    /**
     * Unique ids of the stages: the first of a name has the name itself, the n-th has {@code
     * name-n}. A stage that is sent back is the next of its name.
     */
    public static List<String> ids(List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        var ids = new ArrayList<String>();
        for (String name : names) {
            int number = seen.merge(name, 1, Integer::sum);
            ids.add(number == 1 ? name : name + "-" + number);
        }
        return ids;
    }

    static boolean isName(String name) {
        return name.length() <= LONGEST && NAME.matcher(name).matches() && !name.equals(AGAIN);
    }

    static String name(YamlNode node) {
        String name = ConfigNames.name(node);
        if (!isName(name)) {
            throw node.error(
                    "must be a stage: 1 to %d lower-case letters, digits, underscores and dashes before letters, not %s, was %s"
                            .formatted(LONGEST, AGAIN, name));
        }
        return name;
    }

    /** Checks the order of names; {@code nodes} are where each stands. */
    static void check(YamlNode parent, List<YamlNode> nodes, List<String> names) {
        if (names.isEmpty() || names.size() > MOST) {
            throw parent.error("must hold 1 to %d stages, has %d".formatted(MOST, names.size()));
        }
        int first = names.indexOf(VALIDATE);
        if (first == 0 || (first > 0 && first < names.size() - 1)) {
            throw nodes.get(first)
                    .error(VALIDATE + " must be the last stage, after one that writes");
        }
    }
}
