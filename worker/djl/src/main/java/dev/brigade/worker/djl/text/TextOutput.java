package dev.brigade.worker.djl.text;

import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.onnx.ElementType;
import dev.brigade.worker.djl.onnx.OnnxFile;
import dev.brigade.worker.djl.onnx.TensorInfo;
import java.util.List;
import java.util.Optional;

/** Which of an ONNX model's outputs is the one to read. */
final class TextOutput {

    private static final String WHOLE_TEXT = "sentence_embedding";
    private static final List<String> TOKENS = List.of("last_hidden_state", "token_embeddings");

    private TextOutput() {}

    /**
     * That of an embedding model: the vectors of whole texts, or those of tokens where it has no
     * others, or where they are wanted.
     *
     * @param poolsItself whether the configuration says how tokens are to be pooled
     */
    static int ofEmbeddings(OnnxFile file, boolean poolsItself) {
        Optional<TensorInfo> whole = file.output(WHOLE_TEXT).or(() -> ofRank(file, 2));
        Optional<TensorInfo> tokens =
                TOKENS.stream()
                        .flatMap(name -> file.output(name).stream())
                        .findFirst()
                        .or(() -> ofRank(file, 3));
        boolean ready = file.output(WHOLE_TEXT).isPresent() || tokens.isEmpty();
        if (poolsItself && tokens.isEmpty()) {
            throw new FolderFault(
                    "pooling is configured, but the model has no output of tokens: "
                            + file.outputs());
        }
        return place(file, ready && !poolsItself ? whole : tokens);
    }

    /** That of a model that answers with one number. */
    static int ofScores(OnnxFile file) {
        return place(
                file, file.output("logits").or(() -> ofRank(file, 2)).or(() -> ofRank(file, 1)));
    }

    private static int place(OnnxFile file, Optional<TensorInfo> output) {
        return file.outputs()
                .indexOf(
                        output.filter(TextOutput::isFloat)
                                .orElseThrow(() ->
                                        new FolderFault(
                                                "the model has no output that fits: "
                                                        + file.outputs())));
    }

    private static Optional<TensorInfo> ofRank(OnnxFile file, int rank) {
        return file.outputs().stream()
                .filter(output -> output.rank() == rank && isFloat(output))
                .findFirst();
    }

    private static boolean isFloat(TensorInfo output) {
        return output.type() == ElementType.FLOAT || output.type() == ElementType.FLOAT16;
    }
}
