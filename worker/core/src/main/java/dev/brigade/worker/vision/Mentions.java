package dev.brigade.worker.vision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds texts of labels as words of a longer text, and whether they are denied there. */
final class Mentions {

    /** Words between a denial and what it denies. */
    private static final int MOST_BETWEEN = 4;

    /** Characters in which a denial is looked for. */
    private static final int LOOK_BACK = 200;

    private static final Pattern CLAUSE_END =
            Pattern.compile(
                    "[.,;:!?\\n()]|\\s[-–—]+\\s|\\b(but|however|although|though|yet|instead(?! of)"
                            + "|rather(?! than))\\b");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}'’]+");
    private static final Set<String> DENIALS =
            Set.of(
                    "not", "no", "non", "never", "neither", "nor", "without", "cannot", "hardly",
                    "nothing", "none");
    private static final Pattern DENIAL_PHRASE =
            Pattern.compile("(rather than|instead of|opposed to|far from|other than)\\W+$");
    private static final Set<String> ONLY = Set.of("only", "just", "merely", "simply");

    private final Map<String, String> labels;
    private final Pattern texts;

    /** A text of a label in an answer. */
    private record Mention(String label, int from, int end) {}

    /**
     * @param labels of each text, in small letters, the label that it stands for
     */
    Mentions(Map<String, String> labels) {
        this.labels = labels;
        this.texts =
                Pattern.compile(
                        labels.keySet().stream()
                                .sorted(Comparator.comparingInt(String::length).reversed())
                                .map(Mentions::spaced)
                                .collect(Collectors.joining("|")),
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The text with any white space, and with underscores or hyphens, between its words. */
    private static String spaced(String text) {
        return Pattern.compile(" ")
                .splitAsStream(text)
                .map(Pattern::quote)
                .collect(Collectors.joining("[\\s_-]+"));
    }

    /** Whether a text begins with a label's text. */
    boolean beginsWithOne(String text) {
        return all(text).stream().anyMatch(mention -> mention.from == 0);
    }

    /** Labels that are mentioned and not denied, in order, with repeats. */
    List<String> affirmed(String text) {
        return all(text).stream()
                .filter(mention ->
                        !isDenied(
                                text.substring(
                                        Math.max(0, mention.from - LOOK_BACK), mention.from)))
                .map(Mention::label)
                .toList();
    }

    private List<Mention> all(String text) {
        List<Mention> found = new ArrayList<>();
        Matcher matcher = texts.matcher(text);
        int at = 0;
        while (at <= text.length() && matcher.find(at)) {
            boolean word =
                    isEdge(text, matcher.start() - 1, matcher.start())
                            && isEdge(text, matcher.end(), matcher.end() - 1);
            if (word) {
                found.add(new Mention(label(matcher.group()), matcher.start(), matcher.end()));
            }
            at = word ? matcher.end() : matcher.start() + 1;
        }
        return found;
    }

    private String label(String mentioned) {
        String plain = AnswerText.plain(mentioned);
        String label = labels.get(plain);
        if (label != null) {
            return label;
        }
        String spaced = plain.replaceAll("[\\s_-]+", " ");
        return labels.getOrDefault(spaced, mentioned);
    }

    /**
     * Whether a word ends between two places: one of them is no letter or digit, or they are of a
     * script that is written without spaces.
     */
    private static boolean isEdge(String text, int outside, int inside) {
        if (outside < 0 || outside >= text.length()) {
            return true;
        }
        char out = text.charAt(outside);
        char in = text.charAt(inside);
        return !Character.isLetterOrDigit(out)
                || !Character.isLetterOrDigit(in)
                || Character.isIdeographic(out)
                || Character.isIdeographic(in);
    }

    /** Whether what was said just before, in the same clause, denies what follows. */
    private static boolean isDenied(String before) {
        String clause = lastClause(before.toLowerCase(Locale.ROOT));
        if (DENIAL_PHRASE.matcher(clause).find()) {
            return true;
        }
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(clause);
        while (matcher.find()) {
            words.add(matcher.group().replace('’', '\''));
        }
        for (int i = words.size() - 1; i >= Math.max(0, words.size() - 1 - MOST_BETWEEN); i--) {
            boolean only = i + 1 < words.size() && ONLY.contains(words.get(i + 1));
            if (isDenial(words.get(i)) && !only) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDenial(String word) {
        return DENIALS.contains(word) || word.endsWith("n't");
    }

    private static String lastClause(String text) {
        int from = 0;
        Matcher matcher = CLAUSE_END.matcher(text);
        while (matcher.find()) {
            from = matcher.end();
        }
        return text.substring(from);
    }
}
