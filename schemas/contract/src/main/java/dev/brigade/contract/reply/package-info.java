/** What readers of chunks and replies need: epoch order and digests. */
@NullMarked
package dev.brigade.contract.reply;

import org.jspecify.annotations.NullMarked;
