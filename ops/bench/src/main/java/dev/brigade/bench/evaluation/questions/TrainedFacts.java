package dev.brigade.bench.evaluation.questions;

import dev.brigade.demo.corpus.Corpus;
import dev.brigade.demo.corpus.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Facts that the demo models have learnt, in trained and in held-out phrasings: the one group in
 * which they can be right. Each asks for a brief reply, in words that the models know, and the
 * reply must hold the fact's key.
 */
final class TrainedFacts implements QuestionMaker {

    private static final Pattern CAPITAL = Pattern.compile("The capital of .+ is ([^,.]+).*");

    /** Answers of the corpus and what of them must be said. */
    private static final Map<String, String> KEYS =
            Map.ofEntries(
                    Map.entry("A day has 24 hours.", "24"),
                    Map.entry("An hour has 60 minutes.", "60"),
                    Map.entry("A minute has 60 seconds.", "60"),
                    Map.entry("The alphabet has 26 letters.", "26"),
                    Map.entry("An adult has 206 bones.", "206"),
                    Map.entry("A byte has 8 bits.", "8"),
                    Map.entry("The Pacific is the largest ocean.", "Pacific"),
                    Map.entry("Asia is the largest continent.", "Asia"),
                    Map.entry("The blue whale is the largest animal.", "blue whale"),
                    Map.entry("The cheetah is the fastest animal on land.", "cheetah"),
                    Map.entry("The giraffe is the tallest animal.", "giraffe"),
                    Map.entry("Jupiter is the largest planet of the solar system.", "Jupiter"),
                    Map.entry("Honey is made by bees.", "bees"),
                    Map.entry("Milk comes from cows.", "cows"),
                    Map.entry("Blue and yellow make green.", "green"));

    /** Questions not yet asked; one that is taken is replaced by the last. */
    private final List<Draft> left = new ArrayList<>();

    TrainedFacts() {
        corpus().pairs().forEach(pair -> key(pair).ifPresent(key -> add(pair, key)));
    }

    @Override
    public Optional<Draft> next(Random random) {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Draft taken = left.set(random.nextInt(left.size()), left.getLast());
        left.removeLast();
        return Optional.of(taken);
    }

    /** What a reply must say, by the answer that the models have learnt. */
    static Map<String, String> keys() {
        Map<String, String> keys = new HashMap<>();
        corpus().pairs().forEach(pair -> key(pair).ifPresent(key -> keys.put(pair.answer(), key)));
        return keys;
    }

    /** Answers of which a key is told here. */
    static List<String> named() {
        return List.copyOf(KEYS.keySet());
    }

    private void add(Pair pair, String key) {
        Stream.concat(pair.trained().stream(), pair.heldOut().stream())
                .filter(asked -> asked.endsWith("?") || asked.endsWith("."))
                .filter(asked -> !saysItself(asked, key))
                .map(asked -> new Draft(asked + " Please be brief.", key, AnswerKind.CONTAINS))
                .forEach(left::add);
    }

    private static boolean saysItself(String asked, String key) {
        return AnswerKind.CONTAINS
                .answer(asked)
                .filter(said -> AnswerKind.CONTAINS.matches(said, key))
                .isPresent();
    }

    private static Optional<String> key(Pair pair) {
        Matcher capital = CAPITAL.matcher(pair.answer());
        return capital.matches()
                ? Optional.of(capital.group(1))
                : Optional.ofNullable(KEYS.get(pair.answer()));
    }

    private static Corpus corpus() {
        try {
            return Corpus.load();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo models' corpus is part of this program", e);
        }
    }
}
