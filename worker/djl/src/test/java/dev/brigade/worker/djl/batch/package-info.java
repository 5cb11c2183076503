@NullMarked
package dev.brigade.worker.djl.batch;

import org.jspecify.annotations.NullMarked;
