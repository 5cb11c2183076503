/** Writes ONNX models: the few messages of its protobuf format that a small network needs. */
@NullMarked
package dev.brigade.demo.onnx;

import org.jspecify.annotations.NullMarked;
