package dev.brigade.bench.evaluation;

import java.util.OptionalDouble;

/**
 * One request.
 *
 * @param temperature that of the models or stages where empty
 */
record Call(String question, Target target, OptionalDouble temperature, long seed) {

    /** With the temperatures that the stages have. */
    static Call of(String question, Target target, long seed) {
        return new Call(question, target, OptionalDouble.empty(), seed);
    }

    /** One model alone. */
    static Call sample(String question, String model, double temperature, long seed) {
        return new Call(question, new Target.OfModel(model), OptionalDouble.of(temperature), seed);
    }
}
