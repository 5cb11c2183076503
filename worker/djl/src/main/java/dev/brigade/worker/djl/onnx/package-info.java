/**
 * Reads what an ONNX file says of itself, before native code sees it: whether it can be one at all,
 * its inputs and outputs, and what lies in files beside it.
 */
@NullMarked
package dev.brigade.worker.djl.onnx;

import org.jspecify.annotations.NullMarked;
