/** Says who this worker is, how it is and how many jobs it takes, again and again. */
@NullMarked
package dev.brigade.worker.presence;

import org.jspecify.annotations.NullMarked;
