package dev.brigade.demo.embedding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What may stand in the slots of statements: words of lists, numbers, and made-up names. */
final class SlotLists {

    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    /**
     * One name in so many is a made-up one: the encoder must tell names apart that it never saw.
     */
    private static final int MADE_UP = 5;

    private static final List<String> NAMES = List.of("city", "person", "tool", "company");

    private final Map<String, List<String>> lists;

    private SlotLists(Map<String, List<String>> lists) {
        this.lists = lists;
    }

    static SlotLists load() throws IOException {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String line : Resource.lines("lists.txt")) {
            String[] parts = line.split(": ", 2);
            lists.put(parts[0], List.of(parts[1].split(", ", -1)));
        }
        return new SlotLists(lists);
    }

    /** A value for a slot; a digit at the end of the slot's name has no meaning here. */
    String value(String slot, Random random) {
        String name = slot.replaceAll("\\d+$", "");
        return switch (name) {
            case "n" -> number(random);
            case "small" -> String.valueOf(2 + random.nextInt(22));
            case "year" -> String.valueOf(1600 + random.nextInt(426));
            case "word" -> madeUp(random);
            default -> listed(name, random);
        };
    }

    private String listed(String name, Random random) {
        List<String> list = lists.get(name);
        if (list == null) {
            throw new IllegalArgumentException("no list " + name);
        }
        if (NAMES.contains(name) && random.nextInt(MADE_UP) == 0) {
            String made = madeUp(random);
            return made.substring(0, 1).toUpperCase(Locale.ROOT) + made.substring(1);
        }
        return list.get(random.nextInt(list.size()));
    }

    static String number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> String.valueOf(2 + random.nextInt(9));
            case 1, 2 -> String.valueOf(10 + random.nextInt(90));
            case 3 -> String.valueOf((1 + random.nextInt(99)) * 10);
            case 4 -> String.valueOf(1000 + random.nextInt(9000));
            default -> String.valueOf(1 << random.nextInt(14));
        };
    }

    static String madeUp(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            name.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            name.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        if (random.nextBoolean()) {
            name.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
        }
        return name.toString();
    }
}
