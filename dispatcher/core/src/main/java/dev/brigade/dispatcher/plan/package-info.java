/** The modes: which model calls answer a request, in which order, and what passes between them. */
@NullMarked
package dev.brigade.dispatcher.plan;

import org.jspecify.annotations.NullMarked;
