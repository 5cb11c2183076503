package dev.brigade.worker.djl.onnx;

/** A file is no ONNX model; the message says why, without the file's name. */
final class OnnxFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OnnxFault(String message) {
        super(message);
    }
}
