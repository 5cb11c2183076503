/** Reads and writes GGUF version 3 files: the few value and tensor types that small models need. */
@NullMarked
package dev.brigade.demo.gguf;

import org.jspecify.annotations.NullMarked;
