package dev.brigade.demo.embedding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to say the same that belong to no statement: synonyms, short forms, courtesies. */
final class Style {

    private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final List<String> BEFORE =
            List.of(
                    "Answer: ",
                    "In short: ",
                    "As far as I know, ",
                    "I think that ",
                    "Sure! ",
                    "According to the documentation, ",
                    "The answer is: ",
                    "Well, ",
                    "Note that ",
                    "To be precise: ",
                    "In other words: ",
                    "It is known that ",
                    "Here it is: ",
                    "Basically, ",
                    "To sum up, ",
                    "As a matter of fact, ");
    private static final List<String> AFTER =
            List.of(
                    " I hope this helps.",
                    " Let me know if you have more questions.",
                    " That is all.",
                    " Feel free to ask again.",
                    " Thank you.",
                    " Good luck!",
                    " Is there anything else?");
    private static final Map<String, String> SHORT =
            Map.of(
                    " does not ", " doesn't ",
                    " do not ", " don't ",
                    " is not ", " isn't ",
                    " are not ", " aren't ",
                    " cannot ", " can't ",
                    " did not ", " didn't ",
                    " was not ", " wasn't ",
                    " it is ", " it's ",
                    " there is ", " there's ");

    private final Map<String, List<String>> synonyms = new HashMap<>();

    private Style() {}

    static Style load() throws IOException {
        Style style = new Style();
        for (String line : Resource.lines("synonyms.txt")) {
            List<String> group = List.of(line.split(", ", -1));
            for (String word : group) {
                List<String> others = style.synonyms.computeIfAbsent(word, _ -> new ArrayList<>());
                group.stream().filter(other -> !other.equals(word)).forEach(others::add);
            }
        }
        return style;
    }

    /** Words of all groups. */
    List<String> words() {
        return synonyms.keySet().stream().sorted().toList();
    }

    /** A word of the same meaning, or the word itself. */
    String synonym(String word, Random random) {
        List<String> others = synonyms.get(word);
        return others == null ? word : others.get(random.nextInt(others.size()));
    }

    /** The text in another style. */
    String styled(String text, Random random) {
        String out = text;
        if (random.nextInt(3) == 0) {
            out = replaced(out, random);
        }
        if (random.nextInt(3) == 0) {
            out = shortened(out);
        }
        if (random.nextInt(5) == 0) {
            out = BEFORE.get(random.nextInt(BEFORE.size())) + lowered(out);
        }
        if (random.nextInt(8) == 0) {
            out = out + AFTER.get(random.nextInt(AFTER.size()));
        }
        if (random.nextInt(10) == 0) {
            out = out.replaceAll("[.!,;:]", "");
        }
        return out;
    }

    private String replaced(String text, Random random) {
        Matcher matcher = WORD.matcher(text);
        return matcher.replaceAll(
                found -> random.nextInt(3) == 0 ? synonym(found.group(), random) : found.group());
    }

    private static String shortened(String text) {
        String out = text;
        for (String word : SHORT.keySet().stream().sorted().toList()) {
            out = out.replace(word, SHORT.getOrDefault(word, word));
        }
        return out;
    }

    private static String lowered(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
