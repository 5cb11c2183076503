package dev.brigade.demo.embedding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that can be said in several ways.
 *
 * @param topicHeldOut whether training sees no statement of the topic
 * @param heldOut whether training never sees it
 * @param wordings patterns that say it
 * @param denials patterns that say the contrary
 */
record Statement(
        String topic,
        boolean topicHeldOut,
        boolean heldOut,
        List<String> wordings,
        List<String> denials) {

    static final Pattern SLOT = Pattern.compile("<([a-z]+\\d?)>");

    Statement {
        wordings = List.copyOf(wordings);
        denials = List.copyOf(denials);
        if (wordings.size() < 2 || denials.isEmpty()) {
            throw new IllegalArgumentException("too few wordings: " + wordings);
        }
    }

    /** All that the module has. */
    static List<Statement> load() throws IOException {
        List<Statement> all = new ArrayList<>();
        String topic = "";
        boolean topicHeldOut = false;
        for (String block : Resource.text("statements.txt").split("\\n\\s*\\n", -1)) {
            List<String> lines =
                    block.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
            if (lines.isEmpty()) {
                continue;
            }
            if (lines.getFirst().startsWith("topic ")) {
                String[] words = lines.getFirst().split(" ", -1);
                topic = words[1];
                topicHeldOut = words.length > 2;
            } else {
                all.add(parse(topic, topicHeldOut, lines));
            }
        }
        return List.copyOf(all);
    }

    private static Statement parse(String topic, boolean topicHeldOut, List<String> lines) {
        boolean heldOut = topicHeldOut || lines.getFirst().equals("held");
        return new Statement(
                topic, topicHeldOut, heldOut, marked(lines, "+ "), marked(lines, "- "));
    }

    private static List<String> marked(List<String> lines, String mark) {
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    /** Names of the slots that every wording has. */
    List<String> slots() {
        List<String> slots = new ArrayList<>();
        Matcher matcher = SLOT.matcher(wordings.getFirst());
        while (matcher.find()) {
            String slot = "<" + matcher.group(1) + ">";
            if (wordings.stream().allMatch(wording -> wording.contains(slot))) {
                slots.add(matcher.group(1));
            }
        }
        return slots;
    }
}
