/**
 * The models of a worker: loads them within the memory limit, hands them to be served, unloads
 * them, and knows how each is.
 */
@NullMarked
package dev.brigade.worker.pool;

import org.jspecify.annotations.NullMarked;
