/** Error codes that replies, HTTP answers and dead letters share. */
@NullMarked
package dev.brigade.contract.error;

import org.jspecify.annotations.NullMarked;
