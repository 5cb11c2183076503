@NullMarked
package dev.brigade.standalone.up;

import org.jspecify.annotations.NullMarked;
