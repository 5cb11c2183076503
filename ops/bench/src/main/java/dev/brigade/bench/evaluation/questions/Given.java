package dev.brigade.bench.evaluation.questions;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Where in a reply the answer stands. What a model thinks aloud in {@code <think>} is no part of
 * its reply. A mark is {@code Answer:}, {@code the answer is} or {@code \boxed{}}; the last one
 * counts, since models correct themselves. Without a mark the answer is the last line.
 */
final class Given {

    private static final Pattern THOUGHT =
            Pattern.compile("<think>.*?(</think>|\\z)", Pattern.DOTALL);
    private static final Pattern MARK =
            Pattern.compile(
                    "\\banswer\\b[*_\"]*\\s*(?::|=|is\\b(?!\\s+not\\b):?)[*_]*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern BOXED = Pattern.compile("\\\\boxed\\{([^{}]*)\\}");
    private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•]|\\d+[.)])\\s+\\S.*");

    /**
     * Text that should be the answer.
     *
     * @param marked whether a mark stands before it
     */
    record Segment(String text, boolean marked) {}

    private Given() {}

    /** The reply without what was thought; a thought without an end leaves nothing. */
    static String spoken(String reply) {
        String said = THOUGHT.matcher(reply).replaceAll("");
        int lateEnd = said.lastIndexOf("</think>");
        return lateEnd < 0 ? said : said.substring(lateEnd + "</think>".length());
    }

    /** The line with the answer, from behind its mark. */
    static Optional<Segment> line(String reply) {
        String said = spoken(reply);
        return behindMark(said)
                .flatMap(rest -> filled(rest).stream().findFirst())
                .map(text -> new Segment(text, true))
                .or(() -> lastLine(said).map(text -> new Segment(text, false)));
    }

    /** As {@link #line}, but an answer of several lines whole. */
    static Optional<String> block(String reply) {
        String said = spoken(reply);
        Optional<String> marked = behindMark(said);
        if (marked.isPresent()) {
            return marked.map(Given::firstBlock).filter(text -> !text.isBlank());
        }
        List<String> lines = filled(said);
        int first = lines.size();
        while (first > 0 && BULLET.matcher(lines.get(first - 1)).matches()) {
            first--;
        }
        return first < lines.size()
                ? Optional.of(String.join("\n", lines.subList(first, lines.size())))
                : lastLine(said).map(line -> line.substring(line.lastIndexOf(':') + 1));
    }

    private static Optional<String> behindMark(String said) {
        return last(BOXED, said)
                .map(box -> box.group(1))
                .or(() -> last(MARK, said).map(mark -> said.substring(mark.end())));
    }

    private static Optional<MatchResult> last(Pattern pattern, String said) {
        return pattern.matcher(said).results().reduce((earlier, later) -> later);
    }

    /** What stands on the line of the mark; where nothing does, the lines up to an empty one. */
    private static String firstBlock(String behindMark) {
        String sameLine = behindMark.lines().findFirst().orElse("");
        if (!sameLine.isBlank()) {
            return sameLine;
        }
        String rest = behindMark.stripLeading();
        return rest.split("\\n\\s*\\n", 2)[0];
    }

    private static Optional<String> lastLine(String said) {
        List<String> lines = filled(said);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast());
    }

    private static List<String> filled(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
