@NullMarked
package dev.brigade.demo.scripted;

import org.jspecify.annotations.NullMarked;
