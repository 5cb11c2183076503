/** What chats and completions have in common, from body to answer. */
@NullMarked
package dev.brigade.rest.generation;

import org.jspecify.annotations.NullMarked;
