package dev.brigade.worker.deterministic;

import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Text as this backend counts it: a token is up to twelve characters of a word. */
final class Words {

    private static final List<String> ALL =
            List.of(
                    "amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet",
                    "jade", "kelp", "lumen", "maple", "north", "ocean", "pearl", "quartz", "river",
                    "stone", "tidal", "umber", "vale", "willow", "zephyr");

    /** With the blanks before them; those at the end are a token too. */
    private static final Pattern TOKEN = Pattern.compile("\\s*\\S{1,12}|\\s+");

    private Words() {}

    /** Tokens of a made-up text, without end. */
    static Iterator<String> tokens(RandomGenerator random) {
        return Stream.concat(Stream.of(next(random)), Stream.generate(() -> " " + next(random)))
                .iterator();
    }

    /** Tokens of a given text. */
    static Iterator<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).iterator();
    }

    /** Tokens of a prompt. */
    static int count(String prompt) {
        return prompt.strip().split("\\s+", -1).length;
    }

    /** A made-up text of so many characters. */
    static String text(RandomGenerator random, int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(text.isEmpty() ? "" : " ").append(next(random));
        }
        text.setLength(characters);
        if (characters > 0 && text.charAt(characters - 1) == ' ') {
            text.setCharAt(characters - 1, 's');
        }
        return text.toString();
    }

    private static String next(RandomGenerator random) {
        return ALL.get(random.nextInt(ALL.size()));
    }
}
