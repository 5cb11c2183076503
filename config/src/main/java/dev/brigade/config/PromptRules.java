package dev.brigade.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What Brigade fills in, and what each of its prompts cannot do without. */
final class PromptRules {

    /** All variables there are. */
    static final List<String> VARIABLES =
            List.of(
                    "task",
                    "constraints",
                    "history",
                    "draft",
                    "critique",
                    "answers",
                    "rejected",
                    "reasons",
                    "decisions");

    /** The prompts that must be there, with the variables that they must use. */
    static final Map<String, Set<String>> REQUIRED =
            Map.of(
                    "critique/critique", Set.of("task", "draft"),
                    "critique/revise", Set.of("task", "draft", "critique"),
                    "debate/answer", Set.of("task", "answers"),
                    "debate/reconcile", Set.of("task", "answers"),
                    "ensemble/synthesise", Set.of("task", "answers"),
                    "pipeline/draft", Set.of("task"),
                    "pipeline/refine", Set.of("task", "draft"),
                    "pipeline/expand", Set.of("task", "draft"),
                    "pipeline/validate", Set.of("task", "draft"),
                    "pipeline/again", Set.of("task", "rejected", "reasons"));

    /** The judges, with the properties that are read from their answers. */
    static final Map<String, Set<String>> JUDGES =
            Map.of(
                    "critique/critique", Set.of("issues", "score"),
                    "pipeline/validate", Set.of("reasons", "score", "verdict"));

    private PromptRules() {}

    static Set<String> judges() {
        return new TreeSet<>(JUDGES.keySet());
    }

    /** Variables that a prompt must use; a pipeline's own stage needs the task alone. */
    static Set<String> needed(String name) {
        return REQUIRED.getOrDefault(name, Set.of("task"));
    }
}
