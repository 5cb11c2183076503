package dev.brigade.demo.embedding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;

/** A statement about certain things: its slots are filled, its wording is still open. */
final class Meaning {

    private final Statement statement;
    private final SlotLists lists;
    private final Map<String, String> values;

    private Meaning(Statement statement, SlotLists lists, Map<String, String> values) {
        this.statement = statement;
        this.lists = lists;
        this.values = values;
    }

    static Meaning of(Statement statement, SlotLists lists) {
        return new Meaning(statement, lists, new HashMap<>());
    }

    Statement statement() {
        return statement;
    }

    /** One of the ways to say it. */
    String said(Random random) {
        return filled(any(statement.wordings(), random), random);
    }

    /** Another way to say it than that one, as far as there is another. */
    String said(Random random, String than) {
        String text = said(random);
        for (int i = 0; i < 8 && text.equals(than); i++) {
            text = said(random);
        }
        return text;
    }

    /** One of the ways to say the contrary. */
    String denied(Random random) {
        return filled(any(statement.denials(), random), random);
    }

    /** The same about another thing: one slot is changed, or two are exchanged. */
    Meaning altered(Random random) {
        List<String> slots = statement.slots();
        if (slots.isEmpty()) {
            return this;
        }
        slots.forEach(slot -> value(slot, random));
        Map<String, String> changed = new HashMap<>(values);
        String slot = any(slots, random);
        String twin = slot + "2";
        if (slots.contains(twin) && random.nextBoolean()) {
            changed.put(slot, value(twin, random));
            changed.put(twin, value(slot, random));
        } else {
            changed.put(slot, other(slot, random));
        }
        return new Meaning(statement, lists, changed);
    }

    /** Whether there is something to change. */
    boolean isAlterable() {
        return !statement.slots().isEmpty();
    }

    private String filled(String pattern, Random random) {
        String chosen = Choices.chosen(pattern, random);
        Matcher matcher = Statement.SLOT.matcher(chosen);
        String text =
                matcher.replaceAll(
                        found -> Matcher.quoteReplacement(value(found.group(1), random)));
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private String value(String slot, Random random) {
        String known = values.get(slot);
        if (known != null) {
            return known;
        }
        String value = other(slot, random);
        values.put(slot, value);
        return value;
    }

    /** A value that no slot has so far. */
    private String other(String slot, Random random) {
        String value = lists.value(slot, random);
        for (int i = 0; i < 20 && values.containsValue(value); i++) {
            value = lists.value(slot, random);
        }
        return value;
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
