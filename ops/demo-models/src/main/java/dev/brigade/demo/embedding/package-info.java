/** The shipped text encoder: its texts, its tokenizer, its training, its file and its figures. */
@NullMarked
package dev.brigade.demo.embedding;

import org.jspecify.annotations.NullMarked;
