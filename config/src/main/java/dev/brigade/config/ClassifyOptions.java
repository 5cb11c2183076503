package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How images are classified. All but the threshold is for vision-language models, which are asked
 * in words; other models bring their labels along.
 *
 * @param threshold confidence below which an answer may be {@code uncertain}; empty leaves it to
 *     the model's own files
 * @param labels what an image can be, in the words of the answers; empty where the model knows
 * @param prompt question in place of the one that is made from the labels
 * @param answers of each label the texts that stand for it, beside the label itself
 * @param maxTokens longest answer
 * @param temperature of the answer
 */
public record ClassifyOptions(
        OptionalDouble threshold,
        List<String> labels,
        Optional<String> prompt,
        Map<String, List<String>> answers,
        int maxTokens,
        double temperature) {

    /** Where the file says nothing. */
    public static final ClassifyOptions DEFAULT =
            new ClassifyOptions(
                    OptionalDouble.empty(), List.of(), Optional.empty(), Map.of(), 512, 0.1);

    /** The label that no model may have, since it says that there is none. */
    public static final String UNCERTAIN = "uncertain";

    private static final int MOST_LABELS = 100;
    private static final int MOST_ANSWERS = 32;
    private static final Set<String> PROPERTIES =
            Set.of("threshold", "labels", "prompt", "answers", "max_tokens", "temperature");
    private static final Pattern LABEL = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,100}");
    private static final Pattern PROMPT = Pattern.compile("(?s)(?=.*\\S).{1,8192}");

    public ClassifyOptions {
        labels = List.copyOf(labels);
        answers = Map.copyOf(answers);
    }

    static ClassifyOptions of(YamlNode node) {
        Properties in = Properties.of(node, PROPERTIES);
        List<String> labels = in.optional("labels", ClassifyOptions::labels).orElse(List.of());
        return new ClassifyOptions(
                in.decimal("threshold", 0, 1),
                labels,
                in.optional("prompt", p -> p.text(PROMPT, "a text of 1 to 8192 characters")),
                in.optional("answers", a -> answers(a, labels)).orElse(Map.of()),
                in.integer("max_tokens", 1, 8_192, DEFAULT.maxTokens),
                in.decimal("temperature", 0, 2).orElse(DEFAULT.temperature));
    }

    private static List<String> labels(YamlNode node) {
        List<String> labels = texts(node, 2, MOST_LABELS);
        if (labels.stream().anyMatch(UNCERTAIN::equalsIgnoreCase)) {
            throw node.error("must not hold " + UNCERTAIN + ", which stands for no label");
        }
        return labels;
    }

    private static Map<String, List<String>> answers(YamlNode node, List<String> labels) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        node.entries()
                .forEach((label, texts) -> {
                    if (!labels.contains(label)) {
                        throw texts.error("is none of the labels " + labels);
                    }
                    answers.put(label, texts(texts, 1, MOST_ANSWERS));
                });
        return answers;
    }

    /** Texts without repeats. */
    private static List<String> texts(YamlNode node, int least, int most) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : node.items()) {
            String text = item.text(LABEL, "a text of 1 to 100 characters on one line");
            if (texts.contains(text)) {
                throw item.error("repeats " + text);
            }
            texts.add(text);
        }
        if (texts.size() < least || texts.size() > most) {
            throw node.error(
                    "must hold %d to %d texts, has %d".formatted(least, most, texts.size()));
        }
        return texts;
    }
}
