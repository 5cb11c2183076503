package dev.brigade.bench;

import java.util.Iterator;

/** Values of command line options. What is wrong with one is said by an exception's message. */
public final class OptionValues {

    private OptionValues() {}

    /**
     * The word behind an option.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static String text(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    /**
     * The whole number behind an option.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static int number(String option, Iterator<String> rest) {
        String value = text(option, rest);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + value, e);
        }
    }

    /**
     * Checks a value against its bounds, both of which are allowed.
     *
     * @throws IllegalArgumentException when it is not between them
     */
    public static void range(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(option, least, most, value));
        }
    }
}
