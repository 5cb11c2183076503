package dev.brigade.bench.evaluation.questions;

import dev.brigade.bench.evaluation.questions.Given.Segment;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How an answer is taken out of a reply, and when it is the wanted one. {@link Given} says where in
 * a reply the answer stands. A rule never guesses: where it finds two answers it finds none.
 */
public enum AnswerKind {
    /** A word or phrase; case, quotes, emphasis and a full stop do not matter. */
    EXACT {
        @Override
        Optional<String> taken(String reply) {
            return Given.line(reply).map(Segment::text).flatMap(Folding::folded);
        }
    },

    /**
     * A number: behind the mark the only one, or what stands behind the last equals sign; without a
     * mark the last one of the reply. 1,234.50 is 1234.5.
     */
    NUMBER {
        @Override
        Optional<String> taken(String reply) {
            return Given.line(reply)
                    .filter(Segment::marked)
                    .map(segment -> Numbers.only(segment.text()))
                    .orElseGet(() -> Numbers.last(Given.spoken(reply)));
        }

        @Override
        Optional<String> normal(String wanted) {
            return Numbers.whole(wanted);
        }
    },

    /**
     * Items in order, parted by commas, semicolons or lines; brackets and bullets do not matter.
     */
    LIST {
        @Override
        Optional<String> taken(String reply) {
            return Given.block(reply).flatMap(Items::joined);
        }

        @Override
        Optional<String> normal(String wanted) {
            return Items.joined(wanted);
        }
    },

    /** Matches a regular expression as a whole; case does not matter. */
    REGEX {
        @Override
        Optional<String> taken(String reply) {
            return EXACT.taken(reply);
        }

        @Override
        Optional<String> normal(String wanted) {
            try {
                return Optional.of(caseless(wanted).pattern());
            } catch (PatternSyntaxException e) {
                return Optional.empty();
            }
        }

        @Override
        boolean same(String answer, String wanted) {
            return caseless(wanted).matcher(answer).matches();
        }
    },

    /**
     * Holds a phrase as whole words without a "not" before it, whatever else stands around it: for
     * replies that are a sentence. The loosest kind: a reply that names every possibility satisfies
     * it as well.
     */
    CONTAINS {
        @Override
        Optional<String> taken(String reply) {
            return Given.line(reply)
                    .filter(Segment::marked)
                    .map(Segment::text)
                    .or(() -> Optional.of(Given.spoken(reply)))
                    .flatMap(Folding::folded);
        }

        @Override
        boolean same(String answer, String wanted) {
            String phrase = Pattern.quote(wanted);
            return Pattern.compile("(?<![\\p{L}\\p{N}]|\\bnot )" + phrase + "(?![\\p{L}\\p{N}])")
                    .matcher(answer)
                    .find();
        }
    };

    /**
     * The answer in a form in which two replies that say the same are equal; empty when the reply
     * holds none.
     */
    public Optional<String> answer(String reply) {
        return taken(reply);
    }

    /** Whether this, which {@link #answer} gave, is the wanted answer. */
    public boolean matches(String answer, String wanted) {
        return normal(wanted).filter(normal -> same(answer, normal)).isPresent();
    }

    /** By its name in files: {@code exact}, {@code number} and so on. */
    public static Optional<AnswerKind> named(String name) {
        for (AnswerKind kind : values()) {
            if (kind.wireName().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Its name in files. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands in a reply as the answer, in its one form. */
    abstract Optional<String> taken(String reply);

    /** A wanted answer in its one form; empty when there can be no such answer. */
    Optional<String> normal(String wanted) {
        return Folding.folded(wanted);
    }

    /** Compares two in their one form. */
    boolean same(String answer, String wanted) {
        return answer.equals(wanted);
    }

    private static Pattern caseless(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
