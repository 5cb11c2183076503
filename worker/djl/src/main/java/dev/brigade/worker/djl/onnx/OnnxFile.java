package dev.brigade.worker.djl.onnx;

import dev.brigade.worker.djl.folder.FolderFault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an ONNX file says of itself.
 *
 * @param inputs what a caller must give
 * @param outputs what it gives
 * @param lastOperators of each output the operator that makes it, such as {@code Softmax}
 * @param parameters number of weights
 * @param externalFiles names of the files beside it that hold weights
 */
public record OnnxFile(
        List<TensorInfo> inputs,
        List<TensorInfo> outputs,
        List<String> lastOperators,
        long parameters,
        Set<String> externalFiles) {

    private static final long LEAST_BYTES = 16;

    /** The format of the file ends here; larger weights are in files beside it. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    public OnnxFile {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        lastOperators = List.copyOf(lastOperators);
        externalFiles = Set.copyOf(externalFiles);
    }

    /**
     * Reads the structure of a file, and sees to it that the files that it refers to are there.
     *
     * @throws FolderFault when it is no ONNX model, or lacks one of its files
     */
    public static OnnxFile read(Path file) {
        OnnxFile found;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            long bytes = channel.size();
            if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
                throw new OnnxFault("it has " + bytes + " bytes");
            }
            found = OnnxGraph.read(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena));
        } catch (IOException e) {
            throw new FolderFault(
                    name(file) + " cannot be read: " + e.getClass().getSimpleName(), e);
        } catch (OnnxFault e) {
            throw new FolderFault(name(file) + " is no ONNX model: " + e.getMessage(), e);
        }
        for (String name : found.externalFiles) {
            checkExternal(file, name);
        }
        return found;
    }

    /** The input of this name. */
    public Optional<TensorInfo> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }

    /** The output of this name. */
    public Optional<TensorInfo> output(String name) {
        return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
    }

    /** Native code opens whatever is named here, so nothing outside the folder may be. */
    private static void checkExternal(Path file, String name) {
        if (!name.matches("[\\w.-]{1,255}") || name.equals("..")) {
            throw new FolderFault(name(file) + " wants weights from outside its folder");
        }
        if (!Files.isRegularFile(file.resolveSibling(name))) {
            throw new FolderFault(name(file) + " needs the file " + name + " beside it");
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
