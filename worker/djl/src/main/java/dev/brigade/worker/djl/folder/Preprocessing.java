package dev.brigade.worker.djl.folder;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a picture becomes the input of a classifier: what {@code preprocessor_config.json} says, with
 * the defaults of the library that writes it.
 *
 * @param crop what is cut from the middle after resizing
 * @param factor what the bytes are multiplied by
 * @param mean of red, green and blue, taken off after that
 * @param deviation of red, green and blue, divided by at last
 */
public record Preprocessing(
        Resize resize,
        Filter filter,
        Optional<ImageShape> crop,
        float factor,
        List<Float> mean,
        List<Float> deviation) {

    private static final String FILE = "preprocessor_config.json";
    private static final int LARGEST = 4_096;
    private static final int BILINEAR = 2;

    /** Kinds of processors for which a single size is that of the shortest edge. */
    private static final Pattern SHORTEST_EDGE =
            Pattern.compile("(ConvNext|CLIP|Levit|PoolFormer|MobileNet|Perceiver|Bit).*");

    /** Below this the kinds with a {@code crop_pct} resize to more than they keep. */
    private static final int CROPPED_BELOW = 384;

    /** What would change the numbers and is not done here. */
    private static final List<String> UNKNOWN =
            List.of("do_pad", "do_flip_channel_order", "rescale_offset", "include_top");

    /** How a picture gets its size. */
    public sealed interface Resize {

        /** It keeps its size. */
        record None() implements Resize {}

        /** To this size, whatever its shape was. */
        record Exactly(ImageShape shape) implements Resize {}

        /** So that its shortest edge has this length. */
        record ShortestEdge(int length) implements Resize {}
    }

    /** How pixels are made of others, by the number that the Python Imaging Library gives it. */
    public enum Filter {
        NEAREST,
        LANCZOS,
        BILINEAR,
        BICUBIC,
        BOX,
        HAMMING
    }

    public Preprocessing {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /**
     * What the folder says.
     *
     * @throws FolderFault when the file is missing: a guess would give wrong answers in silence
     */
    public static Preprocessing read(ModelFolder folder) {
        var _ = folder.needed(FILE, "which says how pictures become the model's input");
        JsonFile file = folder.json(FILE);
        for (String name : UNKNOWN) {
            if (file.flag(name).orElse(false)) {
                throw file.fault(name + " is not supported");
            }
        }
        Filter filter = Filter.values()[file.integer("resample", 0, 5).orElse(BILINEAR)];
        boolean rescale = file.flag("do_rescale").orElse(true);
        double factor = file.number("rescale_factor", 1e-6, 1).orElse(1.0 / 255);
        boolean normalize = file.flag("do_normalize").orElse(file.has("image_mean"));
        Sizes sizes = Sizes.of(file);
        return new Preprocessing(
                sizes.resize,
                filter,
                sizes.crop,
                rescale ? (float) factor : 1,
                normalize ? channels(file, "image_mean") : List.of(0f, 0f, 0f),
                normalize ? channels(file, "image_std") : List.of(1f, 1f, 1f));
    }

    /** The size that it gives to any picture; empty where that is left to the picture. */
    public Optional<ImageShape> shape() {
        return crop.or(() ->
                resize instanceof Resize.Exactly(ImageShape shape)
                        ? Optional.of(shape)
                        : Optional.empty());
    }

    private static List<Float> channels(JsonFile file, String name) {
        float[] numbers =
                file.numbers(name, 3).orElseThrow(file.lacks(name + ", though it is to normalize"));
        if (name.equals("image_std") && (numbers[0] <= 0 || numbers[1] <= 0 || numbers[2] <= 0)) {
            throw file.fault(name + " must be above 0");
        }
        return List.of(numbers[0], numbers[1], numbers[2]);
    }

    private record Sizes(Resize resize, Optional<ImageShape> crop) {

        static Sizes of(JsonFile file) {
            Resize resize =
                    file.flag("do_resize").orElse(file.has("size"))
                            ? resize(file)
                            : new Resize.None();
            if (file.has("crop_pct") && resize instanceof Resize.ShortestEdge(int edge)) {
                return ofCropShare(edge, file.number("crop_pct", 0.1, 1).orElse(1));
            }
            boolean crops = file.flag("do_center_crop").orElse(file.has("crop_size"));
            return new Sizes(
                    resize, crops ? Optional.of(shape(file, "crop_size")) : Optional.empty());
        }

        private static Sizes ofCropShare(int edge, double share) {
            ImageShape kept = ImageShape.square(edge);
            return edge < CROPPED_BELOW
                    ? new Sizes(new Resize.ShortestEdge((int) (edge / share)), Optional.of(kept))
                    : new Sizes(new Resize.Exactly(kept), Optional.empty());
        }

        private static Resize resize(JsonFile file) {
            Optional<JsonFile> size =
                    file.isObject("size") ? file.object("size") : Optional.empty();
            OptionalInt shortest =
                    size.isPresent()
                            ? size.get().integer("shortest_edge", 1, LARGEST)
                            : OptionalInt.empty();
            if (shortest.isPresent()) {
                return new Resize.ShortestEdge(shortest.getAsInt());
            }
            if (size.isEmpty() && SHORTEST_EDGE.matcher(kind(file)).matches()) {
                return new Resize.ShortestEdge(shape(file, "size").width());
            }
            return new Resize.Exactly(shape(file, "size"));
        }

        private static String kind(JsonFile file) {
            return file.text("image_processor_type")
                    .or(() -> file.text("feature_extractor_type"))
                    .orElse("");
        }

        /** A size that is a number, or an object with height and width. */
        private static ImageShape shape(JsonFile file, String name) {
            if (!file.isObject(name)) {
                return ImageShape.square(
                        file.integer(name, 1, LARGEST).orElseThrow(file.lacks(name)));
            }
            JsonFile size = file.object(name).orElseThrow(file.lacks(name));
            return new ImageShape(
                    size.integer("width", 1, LARGEST).orElseThrow(size.lacks("width")),
                    size.integer("height", 1, LARGEST).orElseThrow(size.lacks("height")));
        }
    }
}
