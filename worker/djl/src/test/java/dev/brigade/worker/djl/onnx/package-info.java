@NullMarked
package dev.brigade.worker.djl.onnx;

import org.jspecify.annotations.NullMarked;
