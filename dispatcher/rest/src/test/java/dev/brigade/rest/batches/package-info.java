@NullMarked
package dev.brigade.rest.batches;

import org.jspecify.annotations.NullMarked;
