package dev.brigade.worker.llama.gguf;

import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.llama.gguf.GgufParser.Head;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What the head of a GGUF file says, after everything in it was checked that the engine would trip
 * over.
 *
 * @param architecture such as {@code llama}
 * @param contextLength tokens that the model was made for
 * @param parameters number of weights
 * @param quantization file type, such as {@code Q8_0}
 * @param chatTemplate Jinja template of a chat
 */
public record GgufModel(
        Path file,
        long fileBytes,
        String architecture,
        int contextLength,
        long parameters,
        String quantization,
        Optional<String> chatTemplate,
        Vocabulary vocabulary) {

    /**
     * Reads and checks the head of a model file.
     *
     * @throws ModelLoadException when the engine could not run it, in one line that names the file
     *     and the fault
     */
    public static GgufModel read(Path file) throws ModelLoadException {
        if (!Files.exists(file)) {
            throw new ModelLoadException("model file " + file + " does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelLoadException("model file " + file + " is not a regular file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            GgufCursor in = new GgufCursor(channel);
            return of(file, in.size(), GgufParser.parse(in));
        } catch (GgufFault fault) {
            throw new ModelLoadException("model file " + file + " " + fault.getMessage(), fault);
        } catch (IOException e) {
            throw new ModelLoadException(
                    "model file " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private static GgufModel of(Path file, long bytes, Head head) throws GgufFault {
        Metadata metadata = new Metadata(head.metadata());
        String architecture =
                metadata.text("general.architecture")
                        .orElseThrow(() -> new GgufFault("names no architecture"));
        Architectures.check(architecture);
        int contextLength = HyperParameters.check(metadata, architecture);
        Vocabulary vocabulary = Vocabulary.read(metadata);
        HyperParameters.checkEmbeddings(head.tensors(), vocabulary.texts().size());
        long parameters = 0;
        for (TensorInfo tensor : head.tensors()) {
            parameters += tensor.weights();
        }
        return new GgufModel(
                file,
                bytes,
                architecture,
                contextLength,
                parameters,
                Quantization.name(metadata, head.tensors()),
                metadata.text("tokenizer.chat_template").filter(text -> !text.isBlank()),
                vocabulary);
    }
}
