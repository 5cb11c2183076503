/**
 * The contract's schemas over Confluent's REST API, so that any client of such a registry works.
 */
@NullMarked
package dev.brigade.standalone.registry;

import org.jspecify.annotations.NullMarked;
