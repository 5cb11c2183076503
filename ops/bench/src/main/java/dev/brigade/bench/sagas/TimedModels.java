package dev.brigade.bench.sagas;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A primary, a thinker and a fast model that take 50 ms for an answer and are never content as
 * judges, so that every saga takes its longest way.
 */
final class TimedModels {

    static final List<String> ROLES = List.of("primary", "thinker", "fast");

    private static final int SLOTS = 8;
    private static final int TOKENS = 20;
    private static final int TOKENS_PER_SECOND = 400;

    private TimedModels() {}

    /** The {@code models.yaml} that names them. */
    static String yaml() {
        return ROLES.stream()
                .map(TimedModels::entry)
                .collect(Collectors.joining("", "models:\n", ""));
    }

    /** Their files by name. */
    static Map<String, String> files() {
        return ROLES.stream()
                .collect(Collectors.toMap("bench-%s.model"::formatted, role -> file()));
    }

    private static String entry(String role) {
        return """
          - id: bench-%1$s
            backend: deterministic
            path: bench-%1$s.model
            roles: [%1$s]
            context_length: 8192
            slots: %2$d
        """
                .formatted(role, SLOTS);
    }

    private static String file() {
        return """
        #deterministic-model
        tokens_per_second: %d
        answer_tokens: %d
        replies:
          - job: /critique
            say: '%s'
          - job: /validate
            say: '%s'
        """
                .formatted(
                        TOKENS_PER_SECOND,
                        TOKENS,
                        JudgeTexts.critique("It is too short."),
                        JudgeTexts.verdict("It is too short."));
    }
}
