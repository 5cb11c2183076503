package dev.brigade.worker.djl.folder;

import dev.brigade.worker.images.PictureInput;
import dev.brigade.worker.images.PictureInput.Resize;
import dev.brigade.worker.images.PictureInput.Size;
import dev.brigade.worker.images.Resampling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a picture becomes the input of a classifier: {@code preprocessor_config.json}, with the
 * defaults of the library that writes it. Without the file a model is refused: a guess would give
 * wrong answers in silence.
 */
public final class PreprocessorFile {

    private static final String NAME = "preprocessor_config.json";
    private static final int LARGEST = 4_096;
    private static final int BILINEAR = 2;

    /** Kinds of processors for which a single size is that of the shortest edge. */
    private static final Pattern SHORTEST_EDGE =
            Pattern.compile("(ConvNext|CLIP|Levit|PoolFormer|MobileNet|Perceiver|Bit).*");

    /** Below this, the kinds with a {@code crop_pct} resize to more than they keep. */
    private static final int CROPPED_BELOW = 384;

    /** What would change the numbers and is not done here. */
    private static final List<String> UNSUPPORTED =
            List.of("do_pad", "do_flip_channel_order", "rescale_offset", "include_top");

    private final JsonFile file;

    private PreprocessorFile(JsonFile file) {
        this.file = file;
    }

    /** What the folder says. */
    public static PictureInput read(ModelFolder folder) {
        var _ = folder.needed(NAME, "which says how pictures become the model's input");
        return new PreprocessorFile(folder.json(NAME)).input();
    }

    private PictureInput input() {
        for (String name : UNSUPPORTED) {
            if (file.flag(name).orElse(false)) {
                throw file.fault(name + " is not supported");
            }
        }
        Resampling resampling =
                Resampling.ofNumber(file.integer("resample", 0, 5).orElse(BILINEAR))
                        .orElseThrow(file.lacks("such resample"));
        boolean rescale = file.flag("do_rescale").orElse(true);
        boolean normalize = file.flag("do_normalize").orElse(file.has("image_mean"));
        Optional<Resize> resize =
                file.flag("do_resize").orElse(file.has("size"))
                        ? Optional.of(resize())
                        : Optional.empty();
        OptionalInt cropped = croppedByShare(resize);
        return new PictureInput(
                cropped.isPresent() ? Optional.of(byShare(cropped.getAsInt())) : resize,
                resampling,
                cropped.isPresent() ? Optional.of(square(cropped.getAsInt())) : crop(),
                rescale ? file.number("rescale_factor", 1e-6, 1).orElse(1.0 / 255) : 1,
                normalize ? channels("image_mean", -1e6) : List.of(0.0, 0.0, 0.0),
                normalize ? channels("image_std", 1e-6) : List.of(1.0, 1.0, 1.0));
    }

    private Resize resize() {
        Optional<JsonFile> size = file.isObject("size") ? file.object("size") : Optional.empty();
        OptionalInt shortest =
                size.map(s -> s.integer("shortest_edge", 1, LARGEST)).orElse(OptionalInt.empty());
        if (shortest.isPresent()) {
            return new Resize.ShortestEdge(shortest.getAsInt());
        }
        if (size.isEmpty() && SHORTEST_EDGE.matcher(kind()).matches()) {
            return new Resize.ShortestEdge(size("size").width());
        }
        return new Resize.To(size("size"));
    }

    private Optional<Size> crop() {
        return file.flag("do_center_crop").orElse(file.has("crop_size"))
                ? Optional.of(size("crop_size"))
                : Optional.empty();
    }

    /** The edge of the square that remains, where {@code crop_pct} says how it is cut out. */
    private OptionalInt croppedByShare(Optional<Resize> resize) {
        return file.has("crop_pct") && resize.orElse(null) instanceof Resize.ShortestEdge(int edge)
                ? OptionalInt.of(edge)
                : OptionalInt.empty();
    }

    private Resize byShare(int edge) {
        double share = file.number("crop_pct", 0.1, 1).orElse(1);
        return edge < CROPPED_BELOW
                ? new Resize.ShortestEdge((int) (edge / share))
                : new Resize.To(square(edge));
    }

    private String kind() {
        return file.text("image_processor_type")
                .or(() -> file.text("feature_extractor_type"))
                .orElse("");
    }

    /** A size that is a number, or an object with height and width. */
    private Size size(String name) {
        if (!file.isObject(name)) {
            return square(file.integer(name, 1, LARGEST).orElseThrow(file.lacks(name)));
        }
        JsonFile size = file.object(name).orElseThrow(file.lacks(name));
        return new Size(
                size.integer("width", 1, LARGEST).orElseThrow(size.lacks("width")),
                size.integer("height", 1, LARGEST).orElseThrow(size.lacks("height")));
    }

    private List<Double> channels(String name, double least) {
        List<Double> numbers =
                file.numbers(name, 3).orElseThrow(file.lacks(name + ", though it is to normalize"));
        if (numbers.stream().anyMatch(number -> number < least)) {
            throw file.fault(name + " must hold numbers of at least " + least);
        }
        return numbers;
    }

    private static Size square(int side) {
        return new Size(side, side);
    }
}
