@NullMarked
package dev.brigade.demo.corpus;

import org.jspecify.annotations.NullMarked;
