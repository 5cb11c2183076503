/**
 * A worker and a real broker, without a dispatcher: the tests put jobs in and read what comes out.
 */
@NullMarked
package dev.brigade.acceptance.worker;

import org.jspecify.annotations.NullMarked;
