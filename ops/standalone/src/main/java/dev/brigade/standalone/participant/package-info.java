/** An example of a participant that undoes effects outside. */
@NullMarked
package dev.brigade.standalone.participant;

import org.jspecify.annotations.NullMarked;
