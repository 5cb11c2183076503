package dev.brigade.dispatcher.handoff;

import java.util.Map;
import java.util.Optional;

/**
 * A text that a stage is shown.
 *
 * @param name a variable of prompts, such as {@code draft} or {@code answers}; {@code
 *     config/prompts/README.md} lists them
 * @param by who wrote it, most often a model
 * @param rejected whether it failed or scored low; it is shown as rejected and never as fact
 * @param keep order in which sections are cut: lower is cut first, equal ones share the loss
 */
public record Section(String name, Optional<String> by, String text, boolean rejected, int keep) {

    /** What is cut before what: history first, the task last. */
    private static final Map<String, Integer> KEEP =
            Map.of(
                    "history", 0,
                    "rejected", 50,
                    "critique", 100,
                    "reasons", 100,
                    "decisions", 100,
                    "draft", 200,
                    "answers", 200,
                    "constraints", 900,
                    "task", 1_000);

    public Section {
        if (!KEEP.containsKey(name)) {
            throw new IllegalArgumentException("name must be one of " + KEEP.keySet());
        }
    }

    /** A section with the usual order of cutting. */
    public static Section of(String name, Optional<String> by, String text) {
        return new Section(name, by, text, false, KEEP.getOrDefault(name, 0));
    }

    /** A text that failed or scored low, with the usual order of cutting. */
    public static Section rejected(Optional<String> by, String text) {
        return new Section("rejected", by, text, true, KEEP.getOrDefault("rejected", 0));
    }

    /** Whether it is shown as rejected, by its name or by its mark. */
    boolean isRejected() {
        return rejected || name.equals("rejected");
    }
}
