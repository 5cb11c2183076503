package dev.brigade.dispatcher.agreement;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes a text apart into words, in one pass. Punctuation is dropped; scripts that set no spaces
 * give a word for each character; numbers are read the English way, so that 1,000.50 is 1000.5.
 */
final class Words {

    private static final Set<UnicodeScript> WITHOUT_SPACES =
            Set.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR);

    /** Punctuation by category, yet part of what is meant: 5 %, C#, 1/2. */
    private static final String MEANT = "%#&@/";

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private Words(String text) {
        this.text = text;
    }

    static List<Word> of(String text) {
        return new Words(Normalizer.normalize(text, Normalizer.Form.NFKC)).all();
    }

    private List<Word> all() {
        while (at < text.length()) {
            int symbol = text.codePointAt(at);
            if (Character.isDigit(symbol) || (isMinus(symbol) && beginsNumber())) {
                number();
            } else if (Character.isLetter(symbol)) {
                word(symbol);
            } else {
                at += Character.charCount(symbol);
                if (isMeant(symbol)) {
                    add(Character.toString(symbol), false, false);
                }
            }
        }
        return words;
    }

    private void add(String form, boolean number, boolean capital) {
        words.add(new Word(form, number, capital));
    }

    private static boolean isMinus(int symbol) {
        return symbol == '-' || symbol == '\u2212';
    }

    /** A minus is one unless it joins: 3-5 is a range and T-1 a name. */
    private boolean beginsNumber() {
        boolean joined = at > 0 && Character.isLetterOrDigit(text.codePointBefore(at));
        return !joined && digitAt(at + 1);
    }

    private boolean digitAt(int place) {
        return place < text.length() && Character.isDigit(text.codePointAt(place));
    }

    private static boolean isMeant(int symbol) {
        return MEANT.indexOf(symbol) >= 0
                || switch (Character.getType(symbol)) {
                    case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.OTHER_SYMBOL ->
                            true;
                    default -> false;
                };
    }

    private void word(int first) {
        if (standsAlone(first)) {
            at += Character.charCount(first);
            add(Character.toString(first), false, false);
            return;
        }
        int start = at;
        while (at < text.length() && continues(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        String form = text.substring(start, at).toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        add(form, false, Character.isUpperCase(first));
    }

    private boolean continues(int symbol) {
        if (symbol == '\'' || symbol == '\u2019') {
            return at + 1 < text.length() && Character.isLetter(text.codePointAt(at + 1));
        }
        return switch (Character.getType(symbol)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(symbol) && !standsAlone(symbol);
        };
    }

    private static boolean standsAlone(int symbol) {
        return Character.isLetter(symbol) && WITHOUT_SPACES.contains(UnicodeScript.of(symbol));
    }

    private void number() {
        boolean negative = isMinus(text.codePointAt(at));
        at += negative ? 1 : 0;
        var whole = new StringBuilder();
        digits(whole);
        while (whole.length() > 0 && groupFollows()) {
            at++;
            digits(whole);
        }
        var fraction = new StringBuilder();
        if (at < text.length() && text.charAt(at) == '.' && digitAt(at + 1)) {
            at++;
            digits(fraction);
        }
        add(canonical(negative, whole, fraction), true, false);
    }

    private void digits(StringBuilder out) {
        while (digitAt(at)) {
            int digit = text.codePointAt(at);
            out.append((char) ('0' + Character.digit(digit, 10)));
            at += Character.charCount(digit);
        }
    }

    /** A comma and exactly three digits. */
    private boolean groupFollows() {
        return at < text.length()
                && text.charAt(at) == ','
                && digitAt(at + 1)
                && digitAt(at + 2)
                && digitAt(at + 3)
                && !digitAt(at + 4);
    }

    private static String canonical(boolean negative, StringBuilder whole, StringBuilder fraction) {
        int zeros = 0;
        while (zeros < whole.length() - 1 && whole.charAt(zeros) == '0') {
            zeros++;
        }
        int end = fraction.length();
        while (end > 0 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        String number = whole.substring(zeros) + (end == 0 ? "" : "." + fraction.substring(0, end));
        return negative && !number.equals("0") ? "-" + number : number;
    }
}
