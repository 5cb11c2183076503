@NullMarked
package dev.brigade.standalone.saga;

import org.jspecify.annotations.NullMarked;
