@NullMarked
package dev.brigade.bench.evaluation.questions;

import org.jspecify.annotations.NullMarked;
