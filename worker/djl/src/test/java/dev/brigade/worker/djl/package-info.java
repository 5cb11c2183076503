@NullMarked
package dev.brigade.worker.djl;

import org.jspecify.annotations.NullMarked;
