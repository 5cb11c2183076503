package dev.brigade.demo.embedding;

import dev.brigade.demo.tokenizer.BytePairTraining;
import dev.brigade.demo.tokenizer.BytePairs;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts texts into tokens: lower case without accents, every digit and every mark a word of its own,
 * each word behind a blank, bytes merged within words. One mark stands before every text, so that
 * none is empty. {@link TokenizerFile} writes the same rule for the Hugging Face library.
 */
final class TextTokenizer {

    static final String FILLER = "[PAD]";
    static final String START = "[CLS]";
    static final int FILLER_ID = 0;
    static final int START_ID = 1;
    private static final int FIRST_PAIR_ID = 2;

    private static final Pattern ACCENT = Pattern.compile("\\p{Mn}");
    private static final Pattern PIECE =
            Pattern.compile("\\p{N}|[\\p{P}\\p{S}]|[^\\s\\p{N}\\p{P}\\p{S}]+");

    private final BytePairs pairs;

    TextTokenizer(BytePairs pairs) {
        this.pairs = pairs;
    }

    /** Learns at most {@code size} tokens from texts. */
    static TextTokenizer learn(Iterable<String> texts, int size) {
        Map<String, Integer> counts = new HashMap<>();
        for (String text : texts) {
            words(text).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        return new TextTokenizer(BytePairTraining.learn(counts, size - 256 - FIRST_PAIR_ID));
    }

    BytePairs pairs() {
        return pairs;
    }

    int size() {
        return FIRST_PAIR_ID + pairs.tokens().size();
    }

    int id(int pairToken) {
        return FIRST_PAIR_ID + pairToken;
    }

    /** Token ids, at most so many. */
    int[] encode(String text, int most) {
        List<Integer> ids = new ArrayList<>();
        ids.add(START_ID);
        for (String word : words(text)) {
            pairs.encode(word).forEach(token -> ids.add(id(token)));
        }
        return ids.stream().limit(most).mapToInt(Integer::intValue).toArray();
    }

    private static List<String> words(String text) {
        String plain =
                ACCENT.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                        .replaceAll("")
                        .toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        Matcher matcher = PIECE.matcher(plain);
        while (matcher.find()) {
            words.add(" " + matcher.group());
        }
        return words;
    }
}
