/** Image classifiers, embedding models and rerankers from local folders, run by DJL. */
@NullMarked
package dev.brigade.worker.djl;

import org.jspecify.annotations.NullMarked;
