package dev.brigade.standalone.saga;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under one another; a column that is empty in every row is left out. */
final class Columns {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Columns(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row of as many cells as there are heads. */
    void row(String... cells) {
        rows.add(List.of(cells));
    }

    List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (int column = 0; column < widths.length; column++) {
            int place = column;
            boolean empty = rows.stream().skip(1).allMatch(row -> row.get(place).isEmpty());
            widths[column] =
                    empty
                            ? 0
                            : rows.stream()
                                    .mapToInt(row -> row.get(place).length())
                                    .max()
                                    .orElse(0);
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] > 0) {
                line.append(row.get(column))
                        .repeat(' ', widths[column] - row.get(column).length())
                        .append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
