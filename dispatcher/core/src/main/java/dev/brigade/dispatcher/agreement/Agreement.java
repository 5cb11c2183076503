package dev.brigade.dispatcher.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far several answers to one task agree.
 *
 * <p>Short answers, of at most 60 characters or with an {@code Answer: ...} or a number at the end
 * of every text, are compared as they are, but for case, punctuation, articles and the forms of
 * numbers; the value is the share of the largest group, as in self-consistency (Wang et al.,
 * "Self-Consistency Improves Chain of Thought Reasoning in Language Models", 2022). Other texts are
 * compared by ROUGE-L F1 (Lin, 2004), which measures the words that two texts have in common in the
 * same order; the value is its mean over all pairs. It knows nothing of meaning: the same said in
 * other words scores low, and the opposite said in the same words scores high, which is why {@link
 * #conflicts} are looked for apart.
 *
 * <p>Where somebody has embedded the texts, their likeness may be given, and takes the place of
 * ROUGE-L: it sees the same said in other words, and still sees little of its opposite. Points stay
 * those of the words.
 *
 * <p>The value does not depend on the order of the voices; where two are as good, the first is
 * taken. Time is bounded whatever the length: about n² · 64,000 steps for n voices, of at most
 * 2,000 words each, and a likeness of at most 200 · 200 pairs of sentences, of at most 64 words
 * each.
 *
 * @param value 0 to 1
 * @param method {@link #EXACT_MATCH}, {@link #ROUGE_L} or {@link #EMBEDDING}
 * @param medoidStage the voice that is nearest to the others
 * @param majorityStage the first of more than half of the voices that give the same answer
 * @param majorityShare of the largest group of equal answers, above 0 to 1
 * @param agreedPoints sentences of the medoid that most others say too; at most 10 of 240
 *     characters, as the next ones
 * @param flaggedPoints sentences that one voice alone says
 * @param conflicts points on which they contradict each other, at most 10
 */
public record Agreement(
        double value,
        String method,
        String medoidStage,
        Optional<String> majorityStage,
        double majorityShare,
        List<String> agreedPoints,
        List<String> flaggedPoints,
        List<Conflict> conflicts) {

    public static final String EXACT_MATCH = "exact_match";
    public static final String ROUGE_L = "rouge_l";
    public static final String EMBEDDING = "embedding";

    /** Voices that can be compared at once. */
    public static final int MOST_VOICES = 16;

    private static final int MOST_POINTS = 10;

    public Agreement {
        agreedPoints = List.copyOf(agreedPoints);
        flaggedPoints = List.copyOf(flaggedPoints);
        conflicts = List.copyOf(conflicts);
    }

    /**
     * Compares 1 to {@link #MOST_VOICES} voices by their words.
     *
     * @throws IllegalArgumentException for another number of them
     */
    public static Agreement of(List<Voice> voices) {
        requireFew(voices);
        return shortAnswers(voices)
                .map(answers -> exact(voices, answers))
                .orElseGet(() -> similar(voices, likeness(voices), ROUGE_L));
    }

    /**
     * Compares them by their embeddings; short answers are compared as they are.
     *
     * @param likeness of each two voices, 0 to 1
     * @throws IllegalArgumentException for another number of them, or of figures
     */
    public static Agreement of(List<Voice> voices, double[][] likeness) {
        requireFew(voices);
        if (likeness.length != voices.size()) {
            throw new IllegalArgumentException(
                    "figures of %d for %d voices".formatted(likeness.length, voices.size()));
        }
        return shortAnswers(voices)
                .map(answers -> exact(voices, answers))
                .orElseGet(() -> similar(voices, likeness, EMBEDDING));
    }

    /** Whether they can be compared as they are: they are short, or all the same. */
    public static boolean isPlain(List<Voice> voices) {
        return shortAnswers(voices).isPresent() || groups(normal(voices)).size() == 1;
    }

    /** Whether all give the same answer, word for word. */
    public boolean isUnanimous() {
        return majorityShare == 1;
    }

    private static void requireFew(List<Voice> voices) {
        if (voices.isEmpty() || voices.size() > MOST_VOICES) {
            throw new IllegalArgumentException(
                    "voices must be 1 to %d, were %d".formatted(MOST_VOICES, voices.size()));
        }
    }

    private static Optional<List<ShortAnswer>> shortAnswers(List<Voice> voices) {
        return ShortAnswer.of(voices.stream().map(Voice::text).toList());
    }

    private static List<String> normal(List<Voice> voices) {
        return voices.stream().map(voice -> ShortAnswer.normal(voice.text())).toList();
    }

    private static Agreement exact(List<Voice> voices, List<ShortAnswer> answers) {
        List<List<Integer>> groups = groups(answers.stream().map(ShortAnswer::key).toList());
        List<Integer> largest = largest(groups);
        Optional<String> majority = majority(voices, largest);
        boolean alone = voices.size() == 1;
        return new Agreement(
                share(largest, voices),
                EXACT_MATCH,
                voices.get(largest.getFirst()).stage(),
                majority,
                share(largest, voices),
                alone || majority.isEmpty()
                        ? List.of()
                        : List.of(shown(answers.get(largest.getFirst()))),
                alone ? List.of() : single(groups, answers),
                groups.size() == 1 ? List.of() : List.of(conflict(voices, answers, groups)));
    }

    private static List<String> single(List<List<Integer>> groups, List<ShortAnswer> answers) {
        return groups.stream()
                .filter(group -> group.size() == 1)
                .limit(MOST_POINTS)
                .map(group -> shown(answers.get(group.getFirst())))
                .toList();
    }

    private static String shown(ShortAnswer answer) {
        return Sentence.shortened(answer.shown(), Sentence.LONGEST_TEXT);
    }

    private static Conflict conflict(
            List<Voice> voices, List<ShortAnswer> answers, List<List<Integer>> groups) {
        return new Conflict(
                "answer",
                groups.stream()
                        .limit(MOST_POINTS)
                        .map(List::getFirst)
                        .map(i ->
                                new Position(
                                        voices.get(i).model(),
                                        voices.get(i).stage(),
                                        shown(answers.get(i))))
                        .toList());
    }

    private static Agreement similar(List<Voice> voices, double[][] likeness, String method) {
        int medoid = medoid(likeness);
        List<Integer> largest = largest(groups(normal(voices)));
        Points points = new Points(voices);
        return new Agreement(
                mean(pairs(likeness)),
                method,
                voices.get(medoid).stage(),
                majority(voices, largest),
                share(largest, voices),
                points.agreed(medoid),
                points.flagged(),
                points.conflicts());
    }

    private static double[][] likeness(List<Voice> voices) {
        List<WordRun> runs =
                voices.stream()
                        .map(voice ->
                                new WordRun(
                                        Words.of(voice.text()).stream().map(Word::form).toList()))
                        .toList();
        double[][] likeness = new double[voices.size()][voices.size()];
        for (int i = 0; i < voices.size(); i++) {
            for (int j = 0; j < i; j++) {
                likeness[i][j] = runs.get(i).likeness(runs.get(j));
                likeness[j][i] = likeness[i][j];
            }
        }
        return likeness;
    }

    private static double[] pairs(double[][] likeness) {
        var pairs = new ArrayList<Double>();
        for (int i = 0; i < likeness.length; i++) {
            for (int j = 0; j < i; j++) {
                pairs.add(likeness[i][j]);
            }
        }
        return pairs.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Summed in order of size, so that the order of the voices does not show in the last digit. */
    private static double mean(double[] values) {
        Arrays.sort(values);
        return values.length == 0 ? 1 : Math.min(1, Arrays.stream(values).sum() / values.length);
    }

    /** The first of those with the highest mean likeness to the others. */
    private static int medoid(double[][] likeness) {
        int medoid = 0;
        double best = -1;
        for (int i = 0; i < likeness.length; i++) {
            double mean = mean(likeness[i].clone());
            if (mean > best) {
                medoid = i;
                best = mean;
            }
        }
        return medoid;
    }

    private static List<List<Integer>> groups(List<String> keys) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            groups.computeIfAbsent(keys.get(i), _ -> new ArrayList<>()).add(i);
        }
        return List.copyOf(groups.values());
    }

    /** The first of the largest. */
    private static List<Integer> largest(List<List<Integer>> groups) {
        List<Integer> largest = groups.getFirst();
        for (List<Integer> group : groups) {
            if (group.size() > largest.size()) {
                largest = group;
            }
        }
        return largest;
    }

    private static Optional<String> majority(List<Voice> voices, List<Integer> largest) {
        return 2 * largest.size() > voices.size()
                ? Optional.of(voices.get(largest.getFirst()).stage())
                : Optional.empty();
    }

    private static double share(List<Integer> group, List<Voice> voices) {
        return (double) group.size() / voices.size();
    }
}
