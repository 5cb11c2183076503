/** The Java client against a real broker, with the other side of the topics played by hand. */
@NullMarked
package dev.brigade.acceptance.client;

import org.jspecify.annotations.NullMarked;
