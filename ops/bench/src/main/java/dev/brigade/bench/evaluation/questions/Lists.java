package dev.brigade.bench.evaluation.questions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Numbers to sort and to find the largest of, and words to name only once. */
final class Lists implements QuestionMaker {

    @Override
    public Optional<Draft> next(Random random) {
        return Optional.of(
                switch (random.nextInt(3)) {
                    case 0 -> sort(numbers(random));
                    case 1 -> largest(numbers(random));
                    default -> once(random);
                });
    }

    private static Draft sort(List<Integer> numbers) {
        return Draft.marked(
                "Sort these numbers from the smallest to the largest: %s."
                        .formatted(joined(numbers)),
                "the numbers, parted by commas",
                joined(numbers.stream().sorted().toList()),
                AnswerKind.LIST);
    }

    private static Draft largest(List<Integer> numbers) {
        return Draft.number(
                "Which is the largest of these numbers: %s?".formatted(joined(numbers)),
                Collections.max(numbers));
    }

    private static Draft once(Random random) {
        List<String> words = Words.distinct(random, 4);
        List<String> repeated = new ArrayList<>(words);
        for (int i = 0; i < 3; i++) {
            String again = words.get(random.nextInt(words.size()));
            repeated.add(1 + random.nextInt(repeated.size()), again);
        }
        return Draft.marked(
                "Name each of these words once, in the order in which they first occur: %s."
                        .formatted(joined(repeated)),
                "the words, parted by commas",
                joined(repeated.stream().distinct().toList()),
                AnswerKind.LIST);
    }

    private static List<Integer> numbers(Random random) {
        return random.ints(10, 1_000).distinct().limit(5L + random.nextInt(3)).boxed().toList();
    }

    private static String joined(List<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
