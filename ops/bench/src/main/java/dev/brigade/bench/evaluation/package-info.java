/** Whether an orchestration is worth its tokens: a preset against one model alone, by questions. */
@NullMarked
package dev.brigade.bench.evaluation;

import org.jspecify.annotations.NullMarked;
