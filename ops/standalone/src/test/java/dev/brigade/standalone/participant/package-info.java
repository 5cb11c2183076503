@NullMarked
package dev.brigade.standalone.participant;

import org.jspecify.annotations.NullMarked;
