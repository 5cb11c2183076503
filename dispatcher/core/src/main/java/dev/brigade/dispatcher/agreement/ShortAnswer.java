package dev.brigade.dispatcher.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An answer so short that it can be compared as it is: a whole text, or the answer that a text ends
 * with, such as {@code Answer: 42} or a last line with one number.
 *
 * @param key equal for equal answers
 * @param shown the answer as it was written
 */
record ShortAnswer(String key, String shown) {

    private static final int LONGEST = 60;
    private static final int LONGEST_LINE = 400;
    private static final int LAST_LINES = 3;
    private static final int MOST_WORDS_AROUND_A_NUMBER = 12;

    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Set<String> NO_UNITS =
            Set.of("in", "of", "and", "or", "is", "as", "for", "at", "on", "total", "altogether");

    private static final Pattern BOXED = Pattern.compile("\\\\boxed\\{([^{}]{1,80})}");
    private static final Pattern MARKED =
            Pattern.compile(
                    "(?iu)(?:answer|result|antwort|ergebnis|réponse|respuesta|risposta|resposta"
                            + "|ответ|答案)[*_]{0,3}(?:\\s{1,3}(?:is|ist|est|es)\\b|\\s{0,3}[:：=是])"
                            + "[\\s*_:：]{0,4}(\\S.{0,200})");

    /** Not after an abbreviation such as Dr. or St. */
    private static final Pattern SENTENCE_END =
            Pattern.compile("(?<=\\p{L}{3}|[\\d)}\\]*_%])[.!?]\\s|[。！？]");

    private static final Pattern DRESSING = Pattern.compile("[\\s*_`\"'.]+$");

    /** The answers in the texts' order; empty where they cannot be compared so. */
    static Optional<List<ShortAnswer>> of(List<String> texts) {
        return each(texts, ShortAnswer::whole)
                .or(() -> each(texts, ShortAnswer::marked))
                .or(() -> each(texts, ShortAnswer::lastNumber).filter(_ -> unitsAgree(texts)));
    }

    private static Optional<List<ShortAnswer>> each(
            List<String> texts, Function<String, Optional<ShortAnswer>> read) {
        var answers = new ArrayList<ShortAnswer>();
        for (String text : texts) {
            Optional<ShortAnswer> answer = read.apply(text);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            answers.add(answer.get());
        }
        return Optional.of(answers);
    }

    private static Optional<ShortAnswer> whole(String text) {
        String key = normal(text);
        return key.length() > LONGEST
                ? Optional.empty()
                : marked(text).or(() -> Optional.of(new ShortAnswer(key, text.strip())));
    }

    private static Optional<ShortAnswer> marked(String text) {
        List<String> lines = lastLines(text, LAST_LINES);
        return lines.reversed().stream()
                .map(ShortAnswer::marker)
                .flatMap(Optional::stream)
                .findFirst()
                .map(answer -> new ShortAnswer(normal(answer), answer))
                .filter(answer -> !answer.key().isEmpty() && answer.key().length() <= LONGEST);
    }

    private static Optional<String> marker(String line) {
        for (Pattern pattern : List.of(BOXED, MARKED)) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                String answer = SENTENCE_END.split(matcher.group(1), 2)[0];
                return Optional.of(DRESSING.matcher(answer).replaceFirst(""));
            }
        }
        return Optional.empty();
    }

    private static Optional<ShortAnswer> lastNumber(String text) {
        List<Word> words = lastNumberLine(text);
        List<Word> numbers = words.stream().filter(Word::number).toList();
        return numbers.size() == 1
                ? Optional.of(new ShortAnswer(numbers.getFirst().form(), numbers.getFirst().form()))
                : Optional.empty();
    }

    private static List<Word> lastNumberLine(String text) {
        String line =
                marked(text)
                        .map(ShortAnswer::shown)
                        .orElseGet(() -> String.join("", lastLines(text, 1)));
        List<Word> words = Words.of(line);
        return words.size() > MOST_WORDS_AROUND_A_NUMBER ? List.of() : words;
    }

    /** 42 km and 42 m are not the same answer; 42 km and 42 may be. */
    private static boolean unitsAgree(List<String> texts) {
        Map<String, String> units = new HashMap<>();
        for (String text : texts) {
            List<Word> words = lastNumberLine(text);
            for (int i = 0; i + 1 < words.size(); i++) {
                String unit = words.get(i + 1).form();
                if (words.get(i).number() && !NO_UNITS.contains(unit)) {
                    String known = units.putIfAbsent(words.get(i).form(), unit);
                    if (known != null && !known.equals(unit)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Without case, punctuation, articles and forms of numbers; symbols alone stay themselves. */
    static String normal(String text) {
        String key =
                Words.of(text).stream()
                        .map(Word::form)
                        .filter(form -> !ARTICLES.contains(form))
                        .collect(Collectors.joining(" "));
        return key.isEmpty() ? text.strip() : key;
    }

    private static List<String> lastLines(String text, int most) {
        var lines = new ArrayList<String>();
        int end = text.length();
        while (end > 0 && lines.size() < most) {
            int start = text.lastIndexOf('\n', end - 1) + 1;
            String line = text.substring(Math.max(start, end - LONGEST_LINE), end).strip();
            if (!line.isEmpty()) {
                lines.addFirst(line);
            }
            end = start - 1;
        }
        return lines;
    }
}
