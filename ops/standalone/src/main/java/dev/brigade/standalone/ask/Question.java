package dev.brigade.standalone.ask;

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
 */
public record Question(String text, String model, Optional<String> priority) {

    private static final Set<String> PRIORITIES = Set.of("high", "normal", "low");

    public Question {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the question is empty");
        }
        if (priority.isPresent() && !PRIORITIES.contains(priority.get())) {
            throw new IllegalArgumentException("--priority must be high, normal or low");
        }
    }

    /**
     * Reads the arguments of {@code ask}: the question's words and options in any order.
     *
     * @throws IllegalArgumentException when they make no sense, saying why
     */
    public static Question parse(List<String> arguments) {
        StringBuilder text = new StringBuilder();
        String model = "auto";
        Optional<String> priority = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--model" -> model = valueOf(arguments, ++i, argument);
                case "--priority" -> priority = Optional.of(valueOf(arguments, ++i, argument));
                default -> {
                    if (argument.startsWith("--")) {
                        throw new IllegalArgumentException("ask has no option " + argument);
                    }
                    text.append(text.isEmpty() ? "" : " ").append(argument);
                }
            }
        }
        return new Question(text.toString(), model, priority);
    }

    /** The body of the chat completion that asks it. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("stream", true);
        body.put("messages", List.of(Map.of("role", "user", "content", text)));
        priority.ifPresent(value -> body.put("priority", value));
        return body;
    }

    private static String valueOf(List<String> arguments, int index, String option) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return arguments.get(index);
    }
}
