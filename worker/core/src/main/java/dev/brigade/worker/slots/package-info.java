/**
 * A slot is one share consumer on a model's topic and the job it holds: poll until there is a job,
 * run it, renew its lock while it runs, settle it when its result is stored.
 */
@NullMarked
package dev.brigade.worker.slots;

import org.jspecify.annotations.NullMarked;
