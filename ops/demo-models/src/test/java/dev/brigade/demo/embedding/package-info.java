@NullMarked
package dev.brigade.demo.embedding;

import org.jspecify.annotations.NullMarked;
