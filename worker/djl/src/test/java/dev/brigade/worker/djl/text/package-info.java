@NullMarked
package dev.brigade.worker.djl.text;

import org.jspecify.annotations.NullMarked;
