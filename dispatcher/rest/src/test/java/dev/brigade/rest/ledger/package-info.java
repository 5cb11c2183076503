/** Tests of what instances know together. */
@NullMarked
package dev.brigade.rest.ledger;

import org.jspecify.annotations.NullMarked;
