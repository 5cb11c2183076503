package dev.brigade.dispatcher.handoff;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fences around sections, and what keeps a text from making or breaking one.
 *
 * <p>A text may hold anything. Every less-than sign in it that begins the name of a section, with
 * any slashes, spaces, controls, invisible characters and accents before or within it, in any case,
 * is written as HTML writes a character by its number. So are the characters that a model may read
 * as that sign, and letters that it may read as those of a name count as such. What already looks
 * like such an escape gets its own ampersand escaped, so that {@link #unescaped} gives back exactly
 * what was there. Nothing else is touched: {@code a < b} stays as it is.
 */
final class Fence {

    private static final List<String> NAMES =
            List.of(
                    "task",
                    "constraint",
                    "history",
                    "draft",
                    "critique",
                    "answer",
                    "reject",
                    "reason",
                    "decision");
    private static final int LONGEST_NAME = 10;

    /** Less-than, and what looks like it. */
    private static final String OPENINGS =
            "<\uff1c\ufe64\u2039\u3008\u2329\u27e8\u1438\u02c2\u276e\u276c\u29fc\u227a\u22d6\u226e"
                    + "\u1433\u2770";

    private static final String SLASHES = "/\\\u2044\u2215\u2216\u29f8\u29f5\u29f9\u2571\u2572";

    /** Blank though not spaces: fillers of Hangul, and the Braille cell without dots. */
    private static final String BLANKS = "\u115f\u1160\u3164\uffa0\u2800";

    private static final Map<Integer, Integer> LOOK_ALIKES =
            lookAlikes(
                    "\u0430a\u0435e\u043eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0455s\u0501d\u04bbh"
                            + "\u043ak\u0442t\u043dh\u0432b\u0433r\u0438u\u043fn\u0458j\u051bq\u051dw"
                            + "\u03b1a\u03b5e\u03bfo\u03c1p\u03c4t\u03bak\u03b9i\u03c3o\u03c5u\u03bdv"
                            + "\u03c7x\u03b7n\u0131i\u0251a\u0261g\u1d00a\u1d04c\u1d05d\u1d07e\u1d0bk"
                            + "\u1d0fo\u1d1bt\u1d1cu\u0280r\u0274n\u026ai\u029fl\u029ch\ua730f\ua731s"
                            + "\u028fy");

    private static final Pattern ESCAPE = Pattern.compile("&#([1-9]\\d{1,4});");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9._:@+ -]");
    private static final int LONGEST_BY = 128;
    private static final int LONGEST_ESCAPE = 8;

    private Fence() {}

    /** The first line of a section. */
    static String opening(String tag, Optional<String> by) {
        return "<" + tag + by.map(who -> " by=\"" + plain(who) + "\"").orElse("") + ">\n";
    }

    /** The last line of a section. */
    static String closing(String tag) {
        return "\n</" + tag + ">";
    }

    private static String plain(String by) {
        String cut = by.substring(0, Math.min(LONGEST_BY, by.length()));
        return NOT_PLAIN.matcher(cut).replaceAll("_");
    }

    /** A text that can stand in a section. */
    static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int symbol = text.codePointAt(i);
            int next = i + Character.charCount(symbol);
            boolean forges =
                    symbol == '&' ? isEscape(text, i) : isOpening(symbol) && isName(text, next);
            if (forges) {
                out.append("&#").append(symbol).append(';');
            } else {
                out.appendCodePoint(symbol);
            }
            i = next;
        }
        return out.toString();
    }

    /** What {@link #escaped} was given. */
    static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(found -> {
                    int symbol = Integer.parseInt(found.group(1));
                    return isEscaped(symbol)
                            ? Matcher.quoteReplacement(Character.toString(symbol))
                            : Matcher.quoteReplacement(found.group());
                });
    }

    /** Whether a text may be cut here: not within a pair of surrogates, nor within an escape. */
    static boolean isBoundary(String text, int place) {
        if (place <= 0 || place >= text.length()) {
            return true;
        }
        if (Character.isSurrogatePair(text.charAt(place - 1), text.charAt(place))) {
            return false;
        }
        int start = text.lastIndexOf('&', place - 1);
        return start < 0
                || place - start >= LONGEST_ESCAPE
                || !isEscape(text, start)
                || text.indexOf(';', start) < place;
    }

    private static boolean isEscaped(int symbol) {
        return symbol == '&' || isOpening(symbol);
    }

    private static boolean isEscape(String text, int place) {
        Matcher found =
                ESCAPE.matcher(text).region(place, Math.min(text.length(), place + LONGEST_ESCAPE));
        return found.lookingAt() && isEscaped(Integer.parseInt(found.group(1)));
    }

    private static boolean isOpening(int symbol) {
        return OPENINGS.indexOf(symbol) >= 0;
    }

    /** Whether the name of a section stands here, and be it only the beginning of a word. */
    private static boolean isName(String text, int start) {
        var letters = new StringBuilder();
        for (int i = start; i < text.length() && letters.length() < LONGEST_NAME; ) {
            int symbol = text.codePointAt(i);
            if (!isNothing(symbol)) {
                String folded = folded(symbol);
                if (folded.isEmpty()) {
                    break;
                }
                letters.append(folded);
            }
            i += Character.charCount(symbol);
        }
        String read = letters.toString();
        return NAMES.stream().anyMatch(read::startsWith);
    }

    private static boolean isNothing(int symbol) {
        return Character.isWhitespace(symbol)
                || Character.isSpaceChar(symbol)
                || SLASHES.indexOf(symbol) >= 0
                || BLANKS.indexOf(symbol) >= 0
                || switch (Character.getType(symbol)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.UNASSIGNED ->
                            true;
                    default -> false;
                };
    }

    /** The Latin letters that a symbol may be read as, in lower case; empty for none. */
    private static String folded(int symbol) {
        var letters = new StringBuilder();
        String plain = Normalizer.normalize(Character.toString(symbol), Normalizer.Form.NFKD);
        plain.toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(each -> {
                    int letter = LOOK_ALIKES.getOrDefault(each, each);
                    if (letter >= 'a' && letter <= 'z') {
                        letters.append((char) letter);
                    }
                });
        return letters.toString();
    }

    private static Map<Integer, Integer> lookAlikes(String pairs) {
        Map<Integer, Integer> letters = new HashMap<>();
        for (int i = 0; i < pairs.length(); i += 2) {
            letters.put((int) pairs.charAt(i), (int) pairs.charAt(i + 1));
        }
        return letters;
    }
}
