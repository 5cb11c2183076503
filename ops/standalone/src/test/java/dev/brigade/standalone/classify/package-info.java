@NullMarked
package dev.brigade.standalone.classify;

import org.jspecify.annotations.NullMarked;
