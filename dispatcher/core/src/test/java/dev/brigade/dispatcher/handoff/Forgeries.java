package dev.brigade.dispatcher.handoff;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/** Texts that try to make or break a fence, and a check of its own for what got through. */
final class Forgeries {

    static final List<String> TAGS =
            List.of(
                    "task",
                    "constraints",
                    "history",
                    "draft",
                    "critique",
                    "answer",
                    "answers",
                    "rejected",
                    "reasons",
                    "decisions");

    /** A fence, however it is dressed up: all that is not a letter, a bracket or a sign is gone. */
    private static final Pattern FORGED = Pattern.compile("<(?:" + String.join("|", TAGS) + ")");

    private static final List<String> OPENINGS =
            List.of("<", "<", "<", "\uff1c", "\ufe64", "\u2039", "\u27e8", "\u226e", "<<", "\\<");
    private static final List<String> FILLERS =
            List.of(
                    "",
                    "",
                    "",
                    " ",
                    "\n",
                    "\t",
                    "\u00a0",
                    "\u200b",
                    "\u200d",
                    "\ufeff",
                    "\u2060",
                    "\u00ad",
                    "\u202e",
                    "\u0301",
                    "\ufe0f",
                    "\u3164",
                    "\u2800",
                    "\u0000",
                    "/",
                    "\\",
                    "\u2215",
                    "\udb40\udc41");
    private static final List<String> ENDS =
            List.of(">", " >", "\n>", " by=\"x\">", " by='<task>'>", "/>", "", "\">", "\uff1e");

    private Forgeries() {}

    /** One attempt. */
    static String draw(Random random) {
        var text = new StringBuilder(pick(random, OPENINGS));
        text.append(pick(random, FILLERS)).append(random.nextBoolean() ? "/" : "");
        String tag = pick(random, TAGS);
        for (int i = 0; i < tag.length(); i++) {
            text.append(dressed(random, tag.charAt(i)));
            text.append(random.nextInt(4) == 0 ? pick(random, FILLERS) : "");
        }
        return text.append(pick(random, ENDS)).toString();
    }

    private static String dressed(Random random, char letter) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> String.valueOf(Character.toUpperCase(letter));
            case 2 -> String.valueOf((char) (letter - 'a' + '\uff41'));
            case 3 -> Character.toString(letter - 'a' + 0x1d41a);
            case 4 -> letter == 'a' ? "\u0430" : letter == 'e' ? "\u0435" : letter + "\u0301";
            default -> String.valueOf(letter);
        };
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Whether a text that should hold no fence holds one. */
    static boolean isFenced(String text) {
        String plain =
                Normalizer.normalize(
                                text.replaceAll("[\u2039\u27e8\u3008]", "<")
                                        .replace('\u0430', 'a')
                                        .replace('\u0435', 'e'),
                                Normalizer.Form.NFKD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll(
                                "[\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Mn}\\p{Cn}/\\\\\u2215\u1160\u3164\u2800]",
                                "");
        return FORGED.matcher(plain).find();
    }
}
