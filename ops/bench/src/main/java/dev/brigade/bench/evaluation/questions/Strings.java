package dev.brigade.bench.evaluation.questions;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Words backwards, letters counted, and the word at a place. */
final class Strings implements QuestionMaker {

    private static final List<String> PLACES =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh");

    @Override
    public Optional<Draft> next(Random random) {
        return Optional.of(
                switch (random.nextInt(3)) {
                    case 0 -> backwards(Words.any(random));
                    case 1 -> count(Words.any(random), random);
                    default -> place(random);
                });
    }

    private static Draft backwards(String word) {
        return Draft.marked(
                "Write the word \"%s\" backwards, letter by letter.".formatted(word),
                "word",
                new StringBuilder(word).reverse().toString(),
                AnswerKind.EXACT);
    }

    private static Draft count(String word, Random random) {
        char letter = word.charAt(random.nextInt(word.length()));
        return Draft.number(
                "How often does the letter \"%s\" occur in the word \"%s\"?"
                        .formatted(letter, word),
                word.chars().filter(c -> c == letter).count());
    }

    private static Draft place(Random random) {
        List<String> words = Words.distinct(random, PLACES.size() + random.nextInt(4));
        int place = random.nextInt(PLACES.size());
        return Draft.marked(
                "Which word is the %s of these? %s"
                        .formatted(PLACES.get(place), String.join(" ", words) + "."),
                "word",
                words.get(place),
                AnswerKind.EXACT);
    }
}
