package dev.brigade.bench.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown. */
public final class Table {

    private final List<String> lines = new ArrayList<>();
    private final int columns;

    public Table(String... headings) {
        this.columns = headings.length;
        add(headings);
        lines.add("|" + "---|".repeat(columns));
    }

    /** Adds a row with one text for each heading. */
    public void add(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(
                    "%d cells for %d columns".formatted(cells.length, columns));
        }
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    /** The median and, in brackets, the least and the greatest value. */
    public static String withSpread(Sample sample, int decimals) {
        return "%s (%s to %s)"
                .formatted(
                        number(sample.median(), decimals),
                        number(sample.least(), decimals),
                        number(sample.most(), decimals));
    }

    /** A number with a point and this many decimals, whatever the locale. */
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
