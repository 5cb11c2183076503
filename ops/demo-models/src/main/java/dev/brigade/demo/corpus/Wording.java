package dev.brigade.demo.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Changes a question in the small ways in which people write differently. */
final class Wording {

    private static final double UNTOUCHED = 0.5;
    private static final double LOWER_CASE = 0.4;
    private static final double NO_MARK = 0.4;
    private static final double POLITE = 0.2;
    private static final double TYPING_ERROR = 0.15;
    private static final List<String> BEFORE =
            List.of("Please: ", "Hi, ", "Hello! ", "Hey, ", "Question: ", "OK. ", "Sorry, ");
    private static final List<String> AFTER =
            List.of(" Thanks.", " Please.", " Thank you!", " Please be brief.", " I am new here.");

    private final Random random;

    Wording(Random random) {
        this.random = random;
    }

    String varied(String question) {
        if (random.nextDouble() < UNTOUCHED) {
            return question;
        }
        String text = question;
        if (random.nextDouble() < TYPING_ERROR) {
            text = withTypingError(text);
        }
        if (random.nextDouble() < POLITE) {
            text = polite(text);
        }
        if (random.nextDouble() < NO_MARK) {
            text = text.replaceAll("[?.!]+$", "");
        }
        return random.nextDouble() < LOWER_CASE ? text.toLowerCase(Locale.ROOT) : text;
    }

    private String polite(String text) {
        return random.nextBoolean()
                ? BEFORE.get(random.nextInt(BEFORE.size())) + text
                : text + AFTER.get(random.nextInt(AFTER.size()));
    }

    /** Drops a letter or swaps two neighbours, but leaves digits and the first letter alone. */
    private String withTypingError(String text) {
        if (text.length() < 8) {
            return text;
        }
        int at = 1 + random.nextInt(text.length() - 2);
        char one = text.charAt(at);
        char two = text.charAt(at + 1);
        if (!Character.isLetter(one) || !Character.isLetter(two)) {
            return text;
        }
        String swapped = random.nextBoolean() ? "" + two + one : "" + two;
        return text.substring(0, at) + swapped + text.substring(at + 2);
    }
}
