@NullMarked
package dev.brigade.demo.drawing;

import org.jspecify.annotations.NullMarked;
