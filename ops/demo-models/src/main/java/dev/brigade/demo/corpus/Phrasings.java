package dev.brigade.demo.corpus;

import java.util.ArrayList;
import java.util.List;

/** Writes out the short forms of the corpus files. */
final class Phrasings {

    private static final List<String> WHAT =
            List.of(
                    "What is %s?",
                    "What's %s?",
                    "Tell me about %s.",
                    "Explain %s.",
                    "Can you explain %s?",
                    "Describe %s.",
                    "What does %s mean?",
                    "What do you know about %s?",
                    "Give me a short explanation of %s.",
                    "Please explain %s to me.");
    private static final List<String> WHAT_MANY =
            List.of(
                    "What are %s?",
                    "Tell me about %s.",
                    "Explain %s.",
                    "Can you explain %s?",
                    "Describe %s.",
                    "What do you know about %s?",
                    "Give me a short explanation of %s.",
                    "Please explain %s to me.");
    private static final List<String> HOW =
            List.of(
                    "How do I %s?",
                    "How can I %s?",
                    "How to %s?",
                    "How would I %s?",
                    "What is the way to %s?",
                    "I want to %s.",
                    "Show me how to %s.",
                    "Can you tell me how to %s?",
                    "What must I do to %s?",
                    "Please help me %s.");

    private Phrasings() {}

    static List<String> what(String thing) {
        return filled(WHAT, thing);
    }

    static List<String> whatMany(String things) {
        return filled(WHAT_MANY, things);
    }

    static List<String> how(String doing) {
        return filled(HOW, doing);
    }

    /** Every reading of a text with choices: {@code a {b|c} d} is two texts. */
    static List<String> expanded(String text) {
        int open = text.indexOf('{');
        if (open < 0) {
            return List.of(text);
        }
        int close = text.indexOf('}', open);
        if (close < 0) {
            throw new IllegalArgumentException("open brace: " + text);
        }
        List<String> all = new ArrayList<>();
        for (String choice : text.substring(open + 1, close).split("\\|", -1)) {
            all.addAll(expanded(text.substring(0, open) + choice + text.substring(close + 1)));
        }
        return all;
    }

    private static List<String> filled(List<String> templates, String text) {
        return expanded(text).stream()
                .flatMap(thing -> templates.stream().map(t -> t.replace("%s", thing)))
                .toList();
    }
}
