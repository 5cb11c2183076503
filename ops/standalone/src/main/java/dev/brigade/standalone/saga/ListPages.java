package dev.brigade.standalone.saga;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists as lines for people. */
final class ListPages {

    private ListPages() {}

    static List<String> rows(List<SagaRow> rows) {
        if (rows.isEmpty()) {
            return List.of("no such request is in the log's newest records");
        }
        Columns table =
                new Columns(
                        "arrived",
                        "request",
                        "mode",
                        "preset",
                        "priority",
                        "tenant",
                        "status",
                        "seconds",
                        "tokens",
                        "parked");
        for (SagaRow row : rows) {
            table.row(
                    row.arrivedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    row.requestId(),
                    row.mode().orElse(""),
                    row.preset().orElse(""),
                    row.priority(),
                    row.tenant(),
                    row.code().map(code -> row.status() + " " + code).orElse(row.status()),
                    row.totalMs().isPresent()
                            ? String.format(Locale.ROOT, "%.3f", row.totalMs().getAsLong() / 1000.0)
                            : "",
                    row.tokens().map(t -> t.prompt() + "+" + t.completion()).orElse(""),
                    String.join(" ", row.parked()));
        }
        return table.lines();
    }

    static List<String> parked(List<ParkedLetter> letters) {
        if (letters.isEmpty()) {
            return List.of("nothing is parked");
        }
        Columns table = new Columns("parked", "compensation", "topic", "attempts", "request");
        for (ParkedLetter letter : letters) {
            table.row(
                    letter.parkedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    letter.compensationId(),
                    letter.topic(),
                    Integer.toString(letter.attempts()),
                    letter.reason());
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (letters.stream().anyMatch(letter -> !letter.answerKnown())) {
            lines.add("");
            lines.add(
                    "Answers are kept a day: one parked longer ago may have been carried out"
                            + " since. Sending it again is safe.");
        }
        return lines;
    }
}
