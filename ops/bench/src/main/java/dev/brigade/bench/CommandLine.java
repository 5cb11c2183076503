package dev.brigade.bench;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The options that a command line may have, and what each does. What comes later on the line wins.
 * What is wrong with it is said by an {@link IllegalArgumentException}'s message.
 */
public final class CommandLine {

    private final Map<String, Consumer<Iterator<String>>> options = new HashMap<>();

    /** An option without a value. */
    public CommandLine flag(String option, Runnable taken) {
        options.put(option, rest -> taken.run());
        return this;
    }

    /** An option with the word behind it. */
    public CommandLine text(String option, Consumer<String> taken) {
        options.put(option, rest -> taken.accept(word(option, rest)));
        return this;
    }

    /** An option with the whole number behind it. */
    public CommandLine number(String option, IntConsumer taken) {
        return text(option, value -> taken.accept(number(option, value)));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public void read(List<String> arguments) {
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!options.containsKey(option)) {
                throw new IllegalArgumentException("there is no option " + option);
            }
            options.get(option).accept(rest);
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

    private static String word(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + value, e);
        }
    }
}
