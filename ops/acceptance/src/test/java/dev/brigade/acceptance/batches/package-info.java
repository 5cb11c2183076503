@NullMarked
package dev.brigade.acceptance.batches;

import org.jspecify.annotations.NullMarked;
