package dev.brigade.demo.evaluate;

import dev.brigade.demo.corpus.Corpus;
import dev.brigade.demo.corpus.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The questions that a demo model is measured by, in groups; always the same ones. */
final class Exam {

    private static final long SEED = 99;
    private static final int MANY = 400;
    private static final int FEW = 150;

    private final Corpus corpus;
    private final Random random = new Random(SEED);

    Exam(Corpus corpus) {
        this.corpus = corpus;
    }

    Map<String, List<Question>> groups() {
        Map<String, List<Question>> groups = new LinkedHashMap<>();
        groups.put("trained, one phrasing of each pair", first(corpus.pairs()));
        List<Question> heldOut = all(corpus.pairs());
        groups.put("held-out phrasings", sample(heldOut, MANY));
        groups.put("held-out phrasings, unseen system message", instructed(sample(heldOut, FEW)));
        groups.put("held-out phrasings, after an earlier turn", continued(sample(heldOut, FEW)));
        groups.put("trained sums", sample(first(corpus.sums()), FEW));
        groups.put("held-out phrasings of sums", sample(all(corpus.sums()), FEW));
        groups.put("trained unknown questions declined", sample(trained(corpus.unknown()), FEW));
        groups.put("unseen unknown questions declined", all(List.of(corpus.unknown())));
        return groups;
    }

    private static List<Question> first(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> Question.of(pair.trained().getFirst(), pair.answer()))
                .toList();
    }

    private static List<Question> all(List<Pair> pairs) {
        return pairs.stream()
                .flatMap(pair ->
                        pair.heldOut().stream().map(asked -> Question.of(asked, pair.answer())))
                .toList();
    }

    private static List<Question> trained(Pair pair) {
        return pair.trained().stream().map(asked -> Question.of(asked, pair.answer())).toList();
    }

    private List<Question> instructed(List<Question> questions) {
        List<String> instructions = corpus.instructions().heldOut();
        return questions.stream()
                .map(question -> after(question, List.of(new Turn("system", any(instructions)))))
                .toList();
    }

    private List<Question> continued(List<Question> questions) {
        return questions.stream()
                .map(question -> {
                    Pair earlier = any(corpus.pairs());
                    return after(
                            question,
                            List.of(
                                    Turn.user(any(earlier.trained())),
                                    new Turn("assistant", earlier.answer())));
                })
                .toList();
    }

    private static Question after(Question question, List<Turn> earlier) {
        List<Turn> turns = new ArrayList<>(earlier);
        turns.addAll(question.turns());
        return new Question(turns, question.expected());
    }

    private List<Question> sample(List<Question> questions, int size) {
        List<Question> shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(size, shuffled.size()));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
