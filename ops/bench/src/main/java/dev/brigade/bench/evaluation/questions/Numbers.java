package dev.brigade.bench.evaluation.questions;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Numbers in a text, each in one form: no separators, no needless zeroes. */
final class Numbers {

    /** A minus belongs to the number when nothing that could be subtracted from is before it. */
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<![\\p{L}\\d.])(?:(?<![\\d)\\]]\\s{0,3})[-−–])?"
                            + "(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d{1,30})(?:\\.\\d{1,30})?"
                            + "(?![\\d])");

    private static final Pattern DENIED =
            Pattern.compile("\\bnot\\b|n't\\b", Pattern.CASE_INSENSITIVE);

    private Numbers() {}

    /** The last number. */
    static Optional<String> last(String text) {
        List<String> all = all(text);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** What stands behind the last equals sign, else the one number that there is. */
    static Optional<String> only(String text) {
        if (DENIED.matcher(text).find()) {
            return Optional.empty();
        }
        List<String> distinct =
                all(text.substring(text.lastIndexOf('=') + 1)).stream().distinct().toList();
        return distinct.size() == 1 ? Optional.of(distinct.getFirst()) : Optional.empty();
    }

    /** The text as a number, if it is one and nothing else. */
    static Optional<String> whole(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches()
                ? Optional.of(normal(stripped))
                : Optional.empty();
    }

    private static List<String> all(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group).map(Numbers::normal).toList();
    }

    private static String normal(String number) {
        String plain = number.replace(",", "").replace('−', '-').replace('–', '-');
        BigDecimal value = new BigDecimal(plain);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
