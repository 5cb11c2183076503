@NullMarked
package dev.brigade.standalone.check;

import org.jspecify.annotations.NullMarked;
