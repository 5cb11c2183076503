@NullMarked
package dev.brigade.demo.gguf;

import org.jspecify.annotations.NullMarked;
