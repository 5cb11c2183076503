package dev.brigade.worker.djl.network;

import dev.brigade.config.ModelOptions;
import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.folder.ModelFolder;
import dev.brigade.worker.djl.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file that holds a model's network.
 *
 * @param onnx what it says of itself; empty of a TorchScript file, which only PyTorch can read
 * @param bytes its size, with the files of weights beside it
 */
public record NetworkFile(Path path, Optional<OnnxFile> onnx, long bytes) {

    private static final String ONNX = "model.onnx";
    private static final String TORCH_SCRIPT = ".pt";

    /** Begin of a zip file, which is what TorchScript files are. */
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /**
     * The network of a folder, checked as far as can be without native code.
     *
     * @param wanted engine that is to run it
     */
    public static NetworkFile find(ModelFolder folder, ModelOptions.Engine wanted) {
        Optional<Path> onnx = folder.file(ONNX);
        List<Path> torch = folder.filesEnding(TORCH_SCRIPT);
        return switch (wanted) {
            case ONNXRUNTIME -> onnx(folder.needed(ONNX, "for engine onnxruntime"));
            case PYTORCH -> torch(torch);
            case AUTO -> onnx.isPresent() ? onnx(onnx.get()) : torch(torch);
        };
    }

    /** Number of weights, where known. */
    public OptionalLong parameters() {
        return onnx.map(file -> OptionalLong.of(file.parameters())).orElseGet(OptionalLong::empty);
    }

    /**
     * Memory that the model will take, in MiB: its weights, and as much again for what passes
     * through.
     */
    public long estimatedMb() {
        return 1 + ((2 * bytes) >> 20);
    }

    private static NetworkFile onnx(Path path) {
        OnnxFile file = OnnxFile.read(path);
        long bytes = size(path);
        for (String beside : file.externalFiles()) {
            bytes += size(path.resolveSibling(beside));
        }
        return new NetworkFile(path, Optional.of(file), bytes);
    }

    private static NetworkFile torch(List<Path> files) {
        if (files.isEmpty()) {
            throw new FolderFault("it holds neither " + ONNX + " nor a TorchScript file (*.pt)");
        }
        if (files.size() > 1) {
            throw new FolderFault(
                    "it holds several TorchScript files: "
                            + files.stream().map(Path::getFileName).toList());
        }
        Path path = files.getFirst();
        if (!Engines.hasPyTorch()) {
            throw new FolderFault(
                    path.getFileName()
                            + " needs PyTorch, which is not on the class path;"
                            + " worker/docs/djl.md says how it gets there");
        }
        if (!isZip(path)) {
            throw new FolderFault(path.getFileName() + " is no TorchScript file");
        }
        return new NetworkFile(path, Optional.empty(), size(path));
    }

    private static boolean isZip(Path path) {
        try (var in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static FolderFault unreadable(Path path, IOException e) {
        return new FolderFault(
                path.getFileName() + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
}
