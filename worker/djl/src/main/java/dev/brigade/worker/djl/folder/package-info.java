/** Reads the folder of a model: the files that Hugging Face's tools write beside the weights. */
@NullMarked
package dev.brigade.worker.djl.folder;

import org.jspecify.annotations.NullMarked;
