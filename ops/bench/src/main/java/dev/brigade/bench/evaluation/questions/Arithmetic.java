package dev.brigade.bench.evaluation.questions;

import java.util.Optional;
import java.util.Random;

/** Whole numbers in one to three steps; one step is what the demo models have practised. */
final class Arithmetic implements QuestionMaker {

    private static final int SMALL = 12;

    @Override
    public Optional<Draft> next(Random random) {
        return Optional.of(
                switch (random.nextInt(3)) {
                    case 0 -> oneStep(random);
                    case 1 -> twoSteps(random);
                    default -> threeSteps(random);
                });
    }

    private static Draft oneStep(Random random) {
        int a = 2 + random.nextInt(SMALL - 1);
        int b = 1 + random.nextInt(a);
        return switch (random.nextInt(3)) {
            case 0 -> oneStep(a, "*", b, a * b);
            // With the same result as its last number, an echo of the question would be right.
            case 1 -> a - b == b ? oneStep(a, "+", b, a + b) : oneStep(a, "-", b, a - b);
            default -> oneStep(a, "+", b, a + b);
        };
    }

    private static Draft oneStep(int a, String sign, int b, int result) {
        return new Draft(
                "What is %d %s %d? Answer with the number only.".formatted(a, sign, b),
                Integer.toString(result),
                AnswerKind.NUMBER);
    }

    private static Draft twoSteps(Random random) {
        int a = 11 + random.nextInt(89);
        int b = 11 + random.nextInt(89);
        int factor = 3 + random.nextInt(7);
        return random.nextBoolean()
                ? Draft.number(
                        "What is (%d + %d) * %d?".formatted(a, b, factor), (long) (a + b) * factor)
                : Draft.number(
                        "What is %d * %d - %d?".formatted(a, factor, b), (long) a * factor - b);
    }

    private static Draft threeSteps(Random random) {
        int boxes = 3 + random.nextInt(10);
        int each = 6 + random.nextInt(19);
        int sold = 1 + random.nextInt(boxes * each - 1);
        int bought = 5 + random.nextInt(60);
        return Draft.number(
                ("A shop has %d boxes with %d pencils each. It sells %d pencils and then buys %d"
                                + " more. How many pencils does it have then?")
                        .formatted(boxes, each, sold, bought),
                (long) boxes * each - sold + bought);
    }
}
