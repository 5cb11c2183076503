@NullMarked
package dev.brigade.worker.djl.folder;

import org.jspecify.annotations.NullMarked;
