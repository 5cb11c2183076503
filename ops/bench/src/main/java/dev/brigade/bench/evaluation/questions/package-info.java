/** Questions with answers that a rule can check, and the rules. */
@NullMarked
package dev.brigade.bench.evaluation.questions;

import org.jspecify.annotations.NullMarked;
