/** Between the contract's Avro records and the core's own. */
@NullMarked
package dev.brigade.dispatcher.app.mapping;

import org.jspecify.annotations.NullMarked;
