@NullMarked
package dev.brigade.demo.evaluate;

import org.jspecify.annotations.NullMarked;
