package dev.brigade.worker.djl.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.brigade.config.ModelOptions;
import dev.brigade.worker.djl.folder.FolderFault;

/**
 * Where a network runs.
 *
 * @param certain whether it was asked for; a GPU that was only found may yet turn out unusable
 */
record Place(Engine engine, Device device, boolean certain) {

    /**
     * The place for a network.
     *
     * @throws FolderFault when it was asked to be on a GPU, and there is none for its engine
     */
    static Place of(NetworkFile file, ModelOptions.Device wanted) {
        boolean onnx = file.onnx().isPresent();
        Engine engine = onnx ? Engines.onnxRuntime() : Engines.pyTorch();
        boolean gpu =
                wanted.kind() != ModelOptions.Device.Kind.CPU
                        && (onnx ? Engines.onnxRuntimeHasCuda() : engine.getGpuCount() > 0);
        return switch (wanted.kind()) {
            case CPU -> new Place(engine, Device.cpu(), true);
            case AUTO -> new Place(engine, gpu ? Device.gpu(0) : Device.cpu(), !gpu);
            case CUDA -> {
                if (!gpu) {
                    throw new FolderFault(
                            onnx
                                    ? "device cuda: this ONNX Runtime has no CUDA; onnxruntime_gpu has"
                                    : "device cuda: PyTorch sees no GPU");
                }
                yield new Place(engine, Device.gpu(wanted.number().orElse(0)), true);
            }
        };
    }

    Place onCpu() {
        return new Place(engine, Device.cpu(), true);
    }

    @Override
    public String toString() {
        String where = device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
        return engine.getEngineName() + " on " + where;
    }
}
