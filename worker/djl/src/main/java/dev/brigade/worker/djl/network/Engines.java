package dev.brigade.worker.djl.network;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import dev.brigade.worker.backend.Availability;
import java.util.Map;

/**
 * DJL's engines, set up once for the process. Nothing else may touch DJL or ONNX Runtime first:
 * both read their settings when their classes are loaded.
 */
public final class Engines {

    static final String ONNX_RUNTIME = "OnnxRuntime";
    static final String PYTORCH = "PyTorch";

    /** No downloads, no telemetry, and no threads or engines beside those that a model asks for. */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "ai.djl.offline", "true",
                    "OPT_OUT_TRACKING", "true",
                    "ai.djl.default_engine", ONNX_RUNTIME,
                    "ai.djl.onnx.disable_alternative", "true",
                    "ai.djl.onnxruntime.num_threads", "1",
                    "ai.djl.onnxruntime.num_interop_threads", "1",
                    "ai.djl.pytorch.num_threads", "1",
                    "ai.djl.pytorch.num_interop_threads", "1");

    static {
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    private Engines() {}

    /** Whether the native libraries can be loaded here. */
    public static Availability availability() {
        try {
            var _ = onnxRuntime();
            LibUtils.checkStatus();
            return new Availability.Available();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            Throwable root = e;
            for (Throwable next = root; next != null; next = next.getCause()) {
                root = next;
            }
            return new Availability.Unavailable(
                    "the libraries of ONNX Runtime cannot be loaded here: " + root);
        }
    }

    static Engine onnxRuntime() {
        Engine engine = Engine.getEngine(ONNX_RUNTIME); // creates the environment, so comes first
        try {
            OrtEnvironment.getEnvironment().setTelemetry(false);
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime's telemetry cannot be turned off", e);
        }
        return engine;
    }

    /** Whether PyTorch is on the class path. */
    static boolean hasPyTorch() {
        return Engine.hasEngine(PYTORCH);
    }

    static Engine pyTorch() {
        return Engine.getEngine(PYTORCH);
    }

    /** Whether this ONNX Runtime was built for CUDA. */
    static boolean onnxRuntimeHasCuda() {
        var _ = onnxRuntime();
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }
}
