/** Models that are not trained: ones that say a fixed script, and a random one of a useful size. */
@NullMarked
package dev.brigade.demo.scripted;

import org.jspecify.annotations.NullMarked;
