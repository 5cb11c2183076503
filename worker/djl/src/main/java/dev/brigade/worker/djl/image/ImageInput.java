package dev.brigade.worker.djl.image;

import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.network.NetworkFile;
import dev.brigade.worker.djl.onnx.ElementType;
import dev.brigade.worker.djl.onnx.OnnxFile;
import dev.brigade.worker.djl.onnx.TensorInfo;
import dev.brigade.worker.images.PictureInput;
import dev.brigade.worker.images.PictureInput.Resize;
import dev.brigade.worker.images.PictureInput.Size;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tensor that a classifier takes: so many pictures, three colours, height, width.
 *
 * @param name its name; empty where the model does not say
 * @param batch pictures in a batch, where the model takes no other number
 */
record ImageInput(Optional<String> name, Size size, OptionalInt batch) {

    static final int COLOURS = 3;
    private static final int LARGEST_BATCH = 1_024;

    /**
     * The input that the model declares, which has to be what the preprocessing gives.
     *
     * @throws FolderFault when it is not
     */
    static ImageInput of(NetworkFile file, PictureInput preprocessing) {
        Optional<OnnxFile> onnx = file.onnx();
        if (onnx.isEmpty()) {
            return new ImageInput(Optional.empty(), given(preprocessing), OptionalInt.empty());
        }
        if (onnx.get().inputs().size() != 1) {
            throw new FolderFault(
                    "a classifier takes one input, this model takes " + onnx.get().inputs());
        }
        TensorInfo input = onnx.get().inputs().getFirst();
        if (input.type() != ElementType.FLOAT || input.rank() != 4 || !allows(input, 1, COLOURS)) {
            throw new FolderFault(
                    "the model's input %s is not FLOAT [?, 3, height, width]".formatted(input));
        }
        return new ImageInput(Optional.of(input.name()), size(input, preprocessing), batch(input));
    }

    /** Numbers in one picture. */
    int numbers() {
        return COLOURS * size.width() * size.height();
    }

    private static Size size(TensorInfo input, PictureInput preprocessing) {
        Size given = given(preprocessing);
        if (!allows(input, 2, given.height()) || !allows(input, 3, given.width())) {
            throw new FolderFault(
                    "preprocessor_config.json makes pictures of %dx%d, but the model's input is %s"
                            .formatted(given.width(), given.height(), input));
        }
        return given;
    }

    /** The size that the preprocessing gives to any picture. */
    private static Size given(PictureInput preprocessing) {
        if (preprocessing.crop().isPresent()) {
            return preprocessing.crop().get();
        }
        if (preprocessing.resize().orElse(null) instanceof Resize.To(Size size)) {
            return size;
        }
        throw new FolderFault(
                "preprocessor_config.json gives pictures no fixed size;"
                        + " it needs size with height and width, or crop_size");
    }

    private static OptionalInt batch(TensorInfo input) {
        if (!input.isFixed(0)) {
            return OptionalInt.empty();
        }
        long batch = input.dimensions().getFirst();
        if (batch > LARGEST_BATCH) {
            throw new FolderFault("the model wants batches of " + batch);
        }
        return OptionalInt.of((int) batch);
    }

    private static boolean allows(TensorInfo input, int dimension, int size) {
        return !input.isFixed(dimension) || input.dimensions().get(dimension) == size;
    }
}
