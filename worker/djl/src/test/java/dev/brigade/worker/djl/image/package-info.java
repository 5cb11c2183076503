@NullMarked
package dev.brigade.worker.djl.image;

import org.jspecify.annotations.NullMarked;
