/** POST /v1/chat/completions. */
@NullMarked
package dev.brigade.rest.chat;

import org.jspecify.annotations.NullMarked;
