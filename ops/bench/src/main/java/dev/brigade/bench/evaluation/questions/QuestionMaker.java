package dev.brigade.bench.evaluation.questions;

import java.util.Optional;
import java.util.Random;

/** Makes questions of one group. */
interface QuestionMaker {

    /** The next one, which may repeat an earlier one; empty when there are no more. */
    Optional<Draft> next(Random random);
}
