package dev.brigade.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a model is told in a stage. {@code config/prompts/README.md} says what each variable holds.
 *
 * @param name its file below the prompts folder, without ending, such as {@code critique/revise}
 * @param version from 1; rises with each change that matters
 * @param purpose one line for people
 * @param variables that the texts use, each once
 * @param schema JSON schema of the answer, of a judge only
 * @param system the system message
 * @param user the user message
 */
public record Prompt(
        String name,
        int version,
        String purpose,
        List<String> variables,
        Optional<String> schema,
        String system,
        String user) {

    /** A place in the texts; group 1 is the variable. */
    public static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");

    public Prompt {
        variables = List.copyOf(variables);
    }

    /** Name and version for reports, such as {@code critique/revise@1}. */
    public String reference() {
        return name + "@" + version;
    }
}
