package dev.brigade.demo.drawing;

import java.util.List;
import java.util.Locale;

/** Text to write into pictures. */
final class Words {

    private static final List<String> PLAIN =
            List.of(
                    "order", "queue", "worker", "topic", "cache", "client", "server", "index",
                    "stream", "batch", "model", "total", "start", "retry", "commit", "user", "the",
                    "of", "and", "for", "with", "input", "result", "token", "latency", "budget",
                    "region", "quarter", "growth", "cost", "service", "gateway", "store", "event",
                    "record", "window", "plan", "team", "report", "review", "is", "to", "a");
    private static final List<String> LOUD =
            List.of(
                    "WHEN", "YOU", "THE", "MONDAY", "NOT", "SURE", "IF", "ONE", "DOES", "SIMPLY",
                    "ME", "AND", "COFFEE", "WHY", "NOBODY", "EVERY", "TIME", "CAT", "WOW", "SUCH",
                    "TOP", "BOTTOM", "TEXT", "FRIDAY", "BOSS", "SLEEP", "AGAIN", "LOL", "OH", "NO");
    private static final List<String> KEYWORDS =
            List.of(
                    "return", "if", "for", "while", "var", "new", "class", "import", "public",
                    "static", "def", "final", "let", "const", "else", "try");
    private static final List<String> CALLS =
            List.of("get", "send", "poll", "add", "write", "read", "close", "open", "map", "print");

    private final Dice dice;

    Words(Dice dice) {
        this.dice = dice;
    }

    String word() {
        return dice.any(PLAIN);
    }

    String title() {
        String word = dice.any(PLAIN);
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    String titles(int least, int most) {
        StringBuilder text = new StringBuilder(title());
        for (int i = dice.between(least, most); i > 1; i--) {
            text.append(' ').append(word());
        }
        return text.toString();
    }

    String loud(int least, int most) {
        StringBuilder text = new StringBuilder(dice.any(LOUD));
        for (int i = dice.between(least, most); i > 1; i--) {
            text.append(' ').append(dice.any(LOUD));
        }
        return text.toString();
    }

    String number() {
        return switch (dice.between(0, 4)) {
            case 0 -> String.valueOf(dice.between(0, 99));
            case 1 -> String.format(Locale.ROOT, "%,d", dice.between(100, 99_999));
            case 2 -> String.format(Locale.ROOT, "%.2f", dice.real(0, 500));
            case 3 -> dice.between(1, 99) + "%";
            default -> String.format(Locale.ROOT, "%.1f", dice.real(-5, 50));
        };
    }

    String name() {
        return dice.chance(0.4) ? word() : word() + title();
    }

    /** The coloured parts of one line of a program, without its indentation. */
    List<String> code() {
        return switch (dice.between(0, 6)) {
            case 0 -> List.of(dice.any(KEYWORDS), " " + name(), " = ", name() + "();");
            case 1 -> List.of(name(), "." + dice.any(CALLS), "(\"" + word() + "\"", ");");
            case 2 -> List.of("if", " (" + name(), " == ", number() + ") {");
            case 3 -> List.of("// ", titles(3, 7));
            case 4 -> List.of("}");
            case 5 -> List.of(dice.any(KEYWORDS), " " + name(), "(" + word() + ", ", name() + ")");
            default -> List.of(name(), " += ", number(), " * " + word());
        };
    }
}
