package dev.brigade.demo.embedding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Pairs of texts to measure with, as many of each grade as there are statements to make them of.
 */
final class GradedPairs {

    private final List<Statement> all;
    private final SlotLists lists;
    private final Style style;
    private final Random random;

    private GradedPairs(long seed) throws IOException {
        this.all = Statement.load();
        this.lists = SlotLists.load();
        this.style = Style.load();
        this.random = new Random(seed);
    }

    /** Pairs about the statements that are wanted, each filled so many times. */
    static List<GradedPair> of(Predicate<Statement> wanted, int fillings, long seed)
            throws IOException {
        GradedPairs pairs = new GradedPairs(seed);
        List<GradedPair> made = new ArrayList<>();
        for (Statement statement : pairs.all.stream().filter(wanted).toList()) {
            for (int i = 0; i < fillings; i++) {
                pairs.add(statement, made);
            }
        }
        return made;
    }

    private void add(Statement statement, List<GradedPair> made) {
        Meaning meaning = Meaning.of(statement, lists);
        String text = meaning.said(random);
        made.add(pair(text, meaning.said(random, text), Grade.PARAPHRASE));
        made.add(pair(text, meaning.denied(random), Grade.DENIAL));
        if (meaning.isAlterable()) {
            made.add(pair(text, meaning.altered(random).said(random), Grade.ALTERED));
        }
        Statement related =
                any(other -> !other.equals(statement) && other.topic().equals(statement.topic()));
        made.add(pair(text, Meaning.of(related, lists).said(random), Grade.RELATED));
        Statement unrelated = any(other -> !other.topic().equals(statement.topic()));
        made.add(pair(text, Meaning.of(unrelated, lists).said(random), Grade.UNRELATED));
    }

    private GradedPair pair(String first, String second, Grade grade) {
        return new GradedPair(style.styled(first, random), style.styled(second, random), grade);
    }

    private Statement any(Predicate<Statement> wanted) {
        List<Statement> found = all.stream().filter(wanted).toList();
        return found.get(random.nextInt(found.size()));
    }
}
