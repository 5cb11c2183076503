@NullMarked
package dev.brigade.standalone.process;

import org.jspecify.annotations.NullMarked;
