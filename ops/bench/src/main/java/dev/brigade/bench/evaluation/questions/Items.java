package dev.brigade.bench.evaluation.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The items of a list as people write it. */
final class Items {

    private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•]\\s+|\\d+[.)]\\s+)");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*[,;]\\s*");

    /** "and" parts the last two items, where commas show that there is a list. */
    private static final Pattern LAST_AND = Pattern.compile("[,;]?\\s+and\\s+(?=[^,;]*$)");

    private Items() {}

    /** The items, folded, with a comma and a space between; empty when there is none. */
    static Optional<String> joined(String text) {
        List<String> items = new ArrayList<>();
        for (String line : text.strip().lines().toList()) {
            String bare =
                    text.strip().contains("\n") ? BULLET.matcher(line).replaceFirst("") : line;
            for (String item : SEPARATOR.split(withoutAnd(bare))) {
                Folding.folded(item)
                        .map(folded -> Numbers.whole(folded).orElse(folded))
                        .ifPresent(items::add);
            }
        }
        return items.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", items));
    }

    private static String withoutAnd(String line) {
        boolean list = line.contains(",") || line.contains(";");
        return list ? LAST_AND.matcher(line).replaceFirst(", ") : line;
    }
}
