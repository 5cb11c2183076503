package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a preset is worth its tokens: measured against self-consistency, which is several samples
 * of one model, at equal tokens.
 *
 * @param note what was measured, where the file says it
 */
public record Evidence(Result result, Optional<String> note) {

    /** Of a preset that nobody has measured. */
    public static final Evidence NONE = new Evidence(Result.UNMEASURED, Optional.empty());

    private static final Pattern NOTE = Pattern.compile("[^\\p{Cntrl}]{1,1024}");

    /** What was found. */
    public enum Result {
        UNMEASURED,
        BEATS_SELF_CONSISTENCY,
        DOES_NOT_BEAT_SELF_CONSISTENCY;

        /** As the file writes it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Evidence of(YamlNode node) {
        if (!node.isMapping()) {
            return new Evidence(result(node), Optional.empty());
        }
        Properties in = Properties.of(node, Set.of("result", "note"));
        return new Evidence(
                result(in.required("result")),
                in.optional("note", note -> note.text(NOTE, "a note of 1 to 1024 characters")));
    }

    private static Result result(YamlNode node) {
        List<String> known = Arrays.stream(Result.values()).map(Result::wireName).toList();
        return Result.values()[known.indexOf(node.oneOf(known))];
    }
}
