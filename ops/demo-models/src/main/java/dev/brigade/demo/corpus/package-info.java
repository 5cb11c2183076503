/** The question-answer pairs that the demo models learn, and how conversations are made of them. */
@NullMarked
package dev.brigade.demo.corpus;

import org.jspecify.annotations.NullMarked;
