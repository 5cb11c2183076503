@NullMarked
package dev.brigade.standalone.ask;

import org.jspecify.annotations.NullMarked;
