@NullMarked
package dev.brigade.worker.turns;

import org.jspecify.annotations.NullMarked;
