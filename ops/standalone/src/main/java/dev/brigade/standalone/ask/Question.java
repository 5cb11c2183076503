package dev.brigade.standalone.ask;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked.
 *
 * @param text the question
 * @param model model id, or {@code auto} to have one chosen
 * @param priority priority class, if not the default
 * @param mode how models work together, if not the default
 * @param preset named choice of mode and models, if not the default
 * @param stages whether the drafts of earlier stages are shown
 */
public record Question(
        String text,
        String model,
        Optional<String> priority,
        Optional<String> mode,
        Optional<String> preset,
        boolean stages) {

    private static final String AUTO = "auto";
    private static final Set<String> PRIORITIES = Set.of("high", "normal", "low");
    private static final Set<String> MODES =
            Set.of("single", "critique", "debate", "ensemble", "pipeline");

    public Question {
        require(!text.isBlank(), "the question is empty");
        require(
                priority.isEmpty() || PRIORITIES.contains(priority.get()),
                "--priority must be high, normal or low");
        require(
                mode.isEmpty() || MODES.contains(mode.get()),
                "--mode must be single, critique, debate, ensemble or pipeline");
        require(
                preset.isEmpty() || model.equals(AUTO),
                "--preset chooses the models: leave --model out");
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }

    /**
     * Reads the arguments of {@code ask}: the question's words and options in any order.
     *
     * @throws IllegalArgumentException when they make no sense, saying why
     */
    public static Question parse(List<String> arguments) {
        StringBuilder text = new StringBuilder();
        Map<String, String> options = new HashMap<>();
        boolean stages = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--model", "--priority", "--mode", "--preset" ->
                        options.put(argument, valueOf(arguments, ++i, argument));
                case "--stages" -> stages = true;
                default -> {
                    if (argument.startsWith("--")) {
                        throw new IllegalArgumentException("ask has no option " + argument);
                    }
                    text.append(text.isEmpty() ? "" : " ").append(argument);
                }
            }
        }
        return new Question(
                text.toString(),
                options.getOrDefault("--model", AUTO),
                Optional.ofNullable(options.get("--priority")),
                Optional.ofNullable(options.get("--mode")),
                Optional.ofNullable(options.get("--preset")),
                stages);
    }

    /** Whether more than the answer is of interest. */
    boolean asksForOrchestration() {
        return mode.isPresent() || preset.isPresent() || stages;
    }

    /** The body of the chat completion that asks it. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("stream", true);
        body.put("messages", List.of(Map.of("role", "user", "content", text)));
        priority.ifPresent(value -> body.put("priority", value));
        mode.ifPresent(value -> body.put("orchestration_mode", value));
        preset.ifPresent(value -> body.put("preset", value));
        if (stages) {
            body.put("stream_stages", true);
        }
        return body;
    }

    private static String valueOf(List<String> arguments, int index, String option) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return arguments.get(index);
    }
}
