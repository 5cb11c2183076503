package dev.brigade.worker.vision;

import java.util.Locale;
import java.util.regex.Pattern;

/** Texts as they are compared: small letters, single spaces, nothing around the words. */
final class AnswerText {

    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0]+");
    private static final String AROUND = "\"'`*_#.,:;!?()[]{}<>-“”‘’«»„ \t\r\n\u00a0";
    private static final String FENCE = "```";

    private AnswerText() {}

    static String plain(String text) {
        String spaced = SPACES.matcher(withoutFence(text)).replaceAll(" ");
        int from = 0;
        int end = spaced.length();
        while (from < end && AROUND.indexOf(spaced.charAt(from)) >= 0) {
            from++;
        }
        while (end > from && AROUND.indexOf(spaced.charAt(end - 1)) >= 0) {
            end--;
        }
        return spaced.substring(from, end).toLowerCase(Locale.ROOT);
    }

    /** What is inside a fence of three backquotes, where that is all there is. */
    static String withoutFence(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith(FENCE)
                || !stripped.endsWith(FENCE)
                || stripped.length() < 2 * FENCE.length()) {
            return stripped;
        }
        String inside = stripped.substring(FENCE.length(), stripped.length() - FENCE.length());
        int line = inside.indexOf('\n');
        boolean named = line > 0 && inside.substring(0, line).strip().matches("[A-Za-z]{1,12}");
        return (named ? inside.substring(line) : inside).strip();
    }
}
