/** Byte-level byte pair encoding as llama.cpp does it, trained on a corpus. */
@NullMarked
package dev.brigade.demo.tokenizer;

import org.jspecify.annotations.NullMarked;
