@NullMarked
package dev.brigade.demo.tokenizer;

import org.jspecify.annotations.NullMarked;
