/** What the instances of this adapter know together of files and batches. */
@NullMarked
package dev.brigade.rest.ledger;

import org.jspecify.annotations.NullMarked;
