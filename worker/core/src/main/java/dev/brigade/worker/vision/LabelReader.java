package dev.brigade.worker.vision;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a label out of what a vision-language model said. Case, quotes, markup and final
 * punctuation never matter; what stands between {@code <think>} and {@code </think>} is left out.
 *
 * <p>In this order:
 *
 * <ol>
 *   <li>the whole answer is a text of a label, or a JSON object one of whose fields {@code
 *       classification, label, category, class, answer, result, verdict} is: confidence {@value
 *       #NOTHING_ELSE}
 *   <li>such an object stands among other words, or the last {@code Answer: x}, {@code the label is
 *       x} and the like names a text of a label: {@value #SAID_SO}
 *   <li>texts of exactly one label occur in the answer as words and are not denied ({@code not
 *       technical}, {@code isn't a technical image}, {@code non-technical}): {@value #MENTIONED}
 * </ol>
 *
 * Else the answer names no label, or several. Where texts overlap, the longest counts: with labels
 * {@code technical} and {@code not technical}, the answer "not technical" is the second. That a
 * label is denied says nothing for another one, unless such a text is configured.
 */
final class LabelReader {

    static final double NOTHING_ELSE = 1.0;
    static final double SAID_SO = 0.9;
    static final double MENTIONED = 0.7;

    /** Longer answers are cut; the models are asked for a word. */
    private static final int MOST_CHARACTERS = 65_536;

    private static final Pattern THOUGHT = Pattern.compile("(?is)<think>.*?(</think>|$)");
    private static final Pattern VERDICT =
            Pattern.compile(
                    "(?iu)\\b(answer|classification|label|category|class|result|verdict)\\b"
                            + "[\"'*_`]*\\s*(is|:|=|->|→)+[\\s\"'*_`:(\\[]*");

    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Mentions mentions;

    /** What was read. */
    sealed interface Reading {

        /** A label. */
        record Named(String label, double confidence) implements Reading {}

        /** No label. */
        record None() implements Reading {}

        /** More than one label. */
        record Several() implements Reading {}
    }

    /**
     * @param labels what may be read
     * @param answers of each label the texts that stand for it beside the label itself
     */
    LabelReader(List<String> labels, Map<String, List<String>> answers) {
        for (String label : labels) {
            this.labels.put(AnswerText.plain(label), label);
        }
        answers.forEach((label, texts) ->
                texts.forEach(text -> this.labels.putIfAbsent(AnswerText.plain(text), label)));
        this.mentions = new Mentions(this.labels);
    }

    Reading read(String answer) {
        String text = THOUGHT.matcher(cut(answer)).replaceAll(" ").strip();
        Optional<Reading> certain =
                exact(text, NOTHING_ELSE).or(() -> json(text)).or(() -> verdict(text));
        return certain.orElseGet(() -> mentioned(text));
    }

    private static String cut(String answer) {
        return answer.length() <= MOST_CHARACTERS ? answer : answer.substring(0, MOST_CHARACTERS);
    }

    private Optional<Reading> exact(String text, double confidence) {
        return Optional.ofNullable(labels.get(AnswerText.plain(text)))
                .map(label -> new Reading.Named(label, confidence));
    }

    private Optional<Reading> json(String text) {
        return AnswerJson.of(text)
                .flatMap(json ->
                        exact(json.value(), json.whole() ? NOTHING_ELSE : SAID_SO)
                                .or(() -> Optional.of(mentioned(json.value()))));
    }

    /** The last verdict, unless what it names is denied or goes on with another label. */
    private Optional<Reading> verdict(String text) {
        Matcher matcher = VERDICT.matcher(text);
        int end = -1;
        while (matcher.find()) {
            end = matcher.end();
        }
        if (end < 0) {
            return Optional.empty();
        }
        String said = text.substring(end).lines().findFirst().orElse("");
        if (!mentions.beginsWithOne(said)) {
            return Optional.empty();
        }
        return mentioned(said) instanceof Reading.Named(String label, double confidence)
                ? Optional.of(new Reading.Named(label, SAID_SO))
                : Optional.of(new Reading.Several());
    }

    private Reading mentioned(String text) {
        Set<String> found = new LinkedHashSet<>(mentions.affirmed(text));
        return switch (found.size()) {
            case 0 -> new Reading.None();
            case 1 -> new Reading.Named(found.iterator().next(), MENTIONED);
            default -> new Reading.Several();
        };
    }
}
