/**
 * Model calls whose answer comes whole: texts to embed, documents to rank, images to classify and
 * to list. A call knows nothing of attempts and topics; it has a cancellation and a time limit.
 */
@NullMarked
package dev.brigade.worker.calls;

import org.jspecify.annotations.NullMarked;
