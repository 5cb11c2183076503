package dev.brigade.bench.evaluation.questions;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Days of the week, days between dates and dates some days away, of this century. */
final class Dates implements QuestionMaker {

    private static final LocalDate FIRST = LocalDate.of(2001, 1, 1);
    private static final int DAYS = 365 * 80;
    private static final int APART = 400;

    @Override
    public Optional<Draft> next(Random random) {
        LocalDate date = FIRST.plusDays(random.nextInt(DAYS));
        int days = 2 + random.nextInt(APART);
        return Optional.of(
                switch (random.nextInt(3)) {
                    case 0 -> weekday(date);
                    case 1 -> between(date, date.plusDays(days));
                    default -> later(date, days);
                });
    }

    private static Draft weekday(LocalDate date) {
        return Draft.marked(
                "Which day of the week is %s?".formatted(date),
                "day of the week",
                date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                AnswerKind.EXACT);
    }

    private static Draft between(LocalDate from, LocalDate to) {
        return Draft.number(
                "How many days are there from %s to %s, the first not counted and the last counted?"
                        .formatted(from, to),
                ChronoUnit.DAYS.between(from, to));
    }

    private static Draft later(LocalDate date, int days) {
        return Draft.marked(
                "Which date is %d days after %s?".formatted(days, date),
                "date as YYYY-MM-DD",
                date.plusDays(days).toString(),
                AnswerKind.EXACT);
    }
}
