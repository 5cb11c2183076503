/** Where a worker's records go: one idempotent producer, whose sends are awaited or watched. */
@NullMarked
package dev.brigade.worker.outbox;

import org.jspecify.annotations.NullMarked;
