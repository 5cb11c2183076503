package dev.brigade.bench.evaluation.questions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Questions by rule, of each group in turn. The same seed gives the same questions; more of them
 * begin with the same ones. None is asked twice.
 */
public final class GeneratedSet {

    /** Most questions of one set. */
    public static final int MOST = 5_000;

    private static final int TRIES = 100;

    private final List<Group> groups = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    private record Group(String name, QuestionMaker maker, Random random) {}

    private GeneratedSet(long seed) {
        add("arithmetic", new Arithmetic(), seed);
        add("dates", new Dates(), seed);
        add("strings", new Strings(), seed);
        add("lists", new Lists(), seed);
        add("lookup", new Lookup(), seed);
        add("trained-facts", new TrainedFacts(), seed);
    }

    /**
     * That many questions.
     *
     * @param count 1 to {@link #MOST}
     */
    public static List<Question> of(long seed, int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "a generated set has 1 to %d questions, not %d".formatted(MOST, count));
        }
        return new GeneratedSet(seed).draw(count);
    }

    private List<Question> draw(int count) {
        List<Question> questions = new ArrayList<>();
        while (questions.size() < count) {
            // A group that has nothing new left takes part no more.
            groups.removeIf(group -> !drawOne(group, questions));
            if (groups.isEmpty()) {
                throw new IllegalStateException("no more than " + questions.size() + " questions");
            }
        }
        return List.copyOf(questions.subList(0, count));
    }

    private boolean drawOne(Group group, List<Question> questions) {
        Optional<Draft> draft = fresh(group);
        draft.map(d -> question(group.name(), questions.size() + 1, d)).ifPresent(questions::add);
        return draft.isPresent();
    }

    private static Question question(String group, int number, Draft draft) {
        String id = "%s-%d".formatted(group, number);
        return new Question(id, group, draft.text(), draft.answer(), draft.kind());
    }

    private Optional<Draft> fresh(Group group) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Draft> draft = group.maker().next(group.random());
            if (draft.isEmpty() || asked.add(draft.get().text())) {
                return draft;
            }
        }
        return Optional.empty();
    }

    private void add(String name, QuestionMaker maker, long seed) {
        groups.add(new Group(name, maker, new Random(31 * seed + name.hashCode())));
    }
}
