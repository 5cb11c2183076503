/** A real Kafka broker of one node, in a process of its own. */
@NullMarked
package dev.brigade.standalone.broker;

import org.jspecify.annotations.NullMarked;
