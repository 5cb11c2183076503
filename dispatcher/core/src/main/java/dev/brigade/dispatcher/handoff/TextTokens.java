package dev.brigade.dispatcher.handoff;

import java.lang.Character.UnicodeScript;

/**
 * Tokens of a text, estimated without a tokenizer, which only the worker has. Rather too many than
 * too few, since a prompt that is too long fails its stage, and one that is cut early still works.
 *
 * <p>The estimate goes by character, so that it is the same for a text and for the sum of its
 * pieces. English runs at four to five letters a token in vocabularies of 32,000 and more; three
 * are counted. Digits often stand alone in vocabularies, and signs in code do; other alphabets run
 * at one to three letters a token; scripts of the Far East at one to three tokens for two
 * characters. Beyond the basic plane a byte-level vocabulary needs at most the four bytes of UTF-8.
 *
 * <p>A model with a window below {@link #SMALL_WINDOW} is taken for a toy with a vocabulary of
 * hundreds: the shipped demo models, with 768 tokens, need 1.5 to 1.8 times as many for prose and
 * code in English.
 */
public final class TextTokens {

    /** Window, in tokens, below which a small vocabulary is assumed. */
    public static final int SMALL_WINDOW = 2_048;

    /** Around each message: role, start and end of a turn. */
    public static final int AROUND_A_MESSAGE = 8;

    static final int THOUSAND = 1_000;

    private static final int LETTER = 334;
    private static final int SIGN = 500;
    private static final int DIGIT = 1_000;
    private static final int OTHER = 1_000;
    private static final int FAR_EASTERN = 1_500;
    private static final int SUPPLEMENTARY = 4_000;
    private static final int USUAL_PERCENT = 100;
    private static final int SMALL_PERCENT = 175;

    private final int percent;

    private TextTokens(int percent) {
        this.percent = percent;
    }

    /** The estimate for a model of a window. */
    public static TextTokens forWindow(int windowTokens) {
        return new TextTokens(windowTokens < SMALL_WINDOW ? SMALL_PERCENT : USUAL_PERCENT);
    }

    /** Tokens of a text. */
    public int of(String text) {
        return tokens(thousandths(text));
    }

    /** As much of a text's start as has so many tokens at most. */
    public String head(String text, int tokens) {
        long left = (long) tokens * THOUSAND;
        int end = 0;
        while (end < text.length()) {
            int symbol = text.codePointAt(end);
            left -= thousandths(symbol);
            if (left < 0) {
                break;
            }
            end += Character.charCount(symbol);
        }
        return text.substring(0, end);
    }

    /** Whole tokens, rounded up. */
    static int tokens(long thousandths) {
        return (int) Math.min(Integer.MAX_VALUE, (thousandths + THOUSAND - 1) / THOUSAND);
    }

    long thousandths(String text) {
        long sum = 0;
        for (int i = 0; i < text.length(); ) {
            int symbol = text.codePointAt(i);
            sum += thousandths(symbol);
            i += Character.charCount(symbol);
        }
        return sum;
    }

    long thousandths(int symbol) {
        return (long) weight(symbol) * percent / 100;
    }

    private static int weight(int symbol) {
        if (symbol < 128) {
            boolean digit = symbol >= '0' && symbol <= '9';
            boolean plain = Character.isLetter(symbol) || symbol <= ' ';
            return digit ? DIGIT : plain ? LETTER : SIGN;
        }
        if (Character.isSupplementaryCodePoint(symbol)) {
            return SUPPLEMENTARY;
        }
        return switch (UnicodeScript.of(symbol)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR, TIBETAN -> FAR_EASTERN;
            default -> OTHER;
        };
    }
}
