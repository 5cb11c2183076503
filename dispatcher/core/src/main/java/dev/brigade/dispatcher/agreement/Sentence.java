package dev.brigade.dispatcher.agreement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A sentence of a voice.
 *
 * @param voice index of the voice
 * @param place index in the voice
 * @param text at most {@link #LONGEST_TEXT} characters
 * @param run its words, negations left out
 * @param numbers that it holds
 * @param names its words with a capital that is not the sentence's first
 * @param first the first word
 * @param negated whether its negations are odd in number
 */
record Sentence(
        int voice,
        int place,
        String text,
        WordRun run,
        Set<String> numbers,
        Set<String> names,
        String first,
        boolean negated) {

    static final int LONGEST_TEXT = 240;

    private static final int MOST_WORDS = 64;
    private static final int LEAST_WORDS = 3;
    private static final int LONGEST_SENTENCE = 4_000;

    /** English, and the commonest of a few other languages. */
    private static final Set<String> NEGATIONS =
            Set.of(
                    "not", "no", "never", "none", "nor", "neither", "cannot", "without", "nicht",
                    "kein", "keine", "nie", "pas", "jamais", "nunca", "не", "нет", "不", "没", "未");

    /** The sentences of a text of at least three words, the first {@code most} of them. */
    static List<Sentence> of(int voice, String text, int most) {
        var sentences = new ArrayList<Sentence>();
        int start = 0;
        for (int end = 0; end < text.length() && sentences.size() < most; end++) {
            if (endsAt(text, end) || end == text.length() - 1) {
                add(sentences, voice, text.substring(start, end + 1));
                start = end + 1;
            }
        }
        return sentences;
    }

    private static boolean endsAt(String text, int place) {
        return switch (text.charAt(place)) {
            case '\n', '\r', '。', '！', '？', '؟', '۔' -> true;
            case '.', '!', '?' ->
                    place + 1 < text.length() && Character.isWhitespace(text.charAt(place + 1));
            default -> false;
        };
    }

    private static void add(List<Sentence> sentences, int voice, String raw) {
        String text = raw.strip().replaceFirst("^(?:[-*•#>]{1,6}|\\d{1,3}[.)])\\s+", "");
        List<Word> words =
                Words.of(text.substring(0, Math.min(LONGEST_SENTENCE, text.length()))).stream()
                        .limit(MOST_WORDS)
                        .toList();
        if (words.size() >= LEAST_WORDS) {
            sentences.add(of(voice, sentences.size(), text, words));
        }
    }

    private static Sentence of(int voice, int place, String text, List<Word> words) {
        var kept = new ArrayList<String>();
        var numbers = new HashSet<String>();
        var names = new HashSet<String>();
        int negations = 0;
        for (Word word : words) {
            if (NEGATIONS.contains(word.form()) || word.form().endsWith("n't")) {
                negations++;
                continue;
            }
            kept.add(word.form());
            if (word.number()) {
                numbers.add(word.form());
            } else if (word.capital() && kept.size() > 1 && !word.form().equals("i")) {
                names.add(word.form());
            }
        }
        return new Sentence(
                voice,
                place,
                shortened(text, LONGEST_TEXT),
                new WordRun(kept),
                numbers,
                names,
                words.getFirst().form(),
                negations % 2 == 1);
    }

    /** The text, or its beginning with an ellipsis: at most {@code most} UTF-16 units. */
    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }
}
