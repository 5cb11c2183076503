package dev.brigade.bench.evaluation.questions;

import java.util.Locale;
import java.util.Optional;

/** Takes away what does not matter in a word or phrase. */
final class Folding {

    private static final String LEADING = "^[\\s*_`\"'“”‘’«»(\\[]+";
    private static final String TRAILING = "[\\s*_`\"'“”‘’«»)\\].!,;:]+$";

    private Folding() {}

    /**
     * In lower case, without marks around it and with single spaces; empty when nothing is left.
     */
    static Optional<String> folded(String text) {
        String folded =
                text.replaceAll(LEADING, "")
                        .replaceAll(TRAILING, "")
                        .replaceAll("\\s+", " ")
                        .toLowerCase(Locale.ROOT);
        return folded.isEmpty() ? Optional.empty() : Optional.of(folded);
    }
}
