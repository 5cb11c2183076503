/** Patience with a broker that does not answer. */
@NullMarked
package dev.brigade.worker.broker;

import org.jspecify.annotations.NullMarked;
