@NullMarked
package dev.brigade.demo.onnx;

import org.jspecify.annotations.NullMarked;
