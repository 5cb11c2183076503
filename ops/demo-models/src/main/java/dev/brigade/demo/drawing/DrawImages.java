package dev.brigade.demo.drawing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws pictures into a folder, PNG and JPEG mixed, about 160 kilopixels in the mean, as many
 * technical ones as others, with {@code labels.csv} (file, label, kind) beside them: {@code
 * DrawImages <folder> <count> <seed> [longest side]}. The same arguments draw the same pictures on
 * a machine with the same fonts.
 */
public final class DrawImages {

    private static final float JPEG_QUALITY = 0.8f;
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private DrawImages() {}

    /** A picture that was drawn. */
    public record Drawn(Path file, Label label, Kind kind) {}

    public static void main(String[] args) throws IOException {
        if (args.length < 3) {
            System.err.println("usage: DrawImages <folder> <count> <seed> [longest side]");
            System.exit(2);
        }
        int longest = args.length > 3 ? Integer.parseInt(args[3]) : NO_LIMIT;
        List<Drawn> drawn =
                into(Path.of(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]), longest);
        System.out.printf("%,d pictures%n", drawn.size());
    }

    /** Draws pictures and their labels into a folder, which is made if need be. */
    public static List<Drawn> into(Path folder, int count, long seed) throws IOException {
        return into(folder, count, seed, NO_LIMIT);
    }

    /** The same, with no side longer than {@code longest} pixels. */
    public static List<Drawn> into(Path folder, int count, long seed, int longest)
            throws IOException {
        Files.createDirectories(folder);
        List<Kind> kinds = kinds(count, seed);
        List<Drawn> drawn =
                IntStream.range(0, count)
                        .parallel()
                        .mapToObj(i -> draw(folder, i, kinds.get(i), seed, longest))
                        .toList();
        String rows =
                drawn.stream().map(DrawImages::row).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(folder.resolve("labels.csv"), "file,label,kind\n" + rows);
        return drawn;
    }

    private static List<Kind> kinds(int count, long seed) {
        Dice dice = new Dice(seed);
        List<Kind> kinds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Label label = i % 2 == 0 ? Label.TECHNICAL : Label.DISCARD;
            kinds.add(dice.any(Kind.of(label)));
        }
        return kinds;
    }

    private static Drawn draw(Path folder, int index, Kind kind, long seed, int longest) {
        boolean png = (index / 2 + (index % 2)) % 2 == 0;
        String name =
                String.format(Locale.ROOT, "%06d-%s.%s", index, kind.text(), png ? "png" : "jpg");
        Drawing drawing = Drawing.of(kind, seed * 1_000_033 + index).within(longest);
        Path file = folder.resolve(name);
        try {
            Files.write(file, png ? drawing.png() : drawing.jpeg(JPEG_QUALITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Drawn(file, kind.label(), kind);
    }

    private static String row(Drawn drawn) {
        return drawn.file().getFileName() + "," + drawn.label().text() + "," + drawn.kind().text();
    }
}
