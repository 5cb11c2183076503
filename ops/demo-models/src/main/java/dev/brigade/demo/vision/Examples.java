package dev.brigade.demo.vision;

import dev.brigade.demo.drawing.Drawing;
import dev.brigade.demo.drawing.Kind;
import dev.brigade.demo.drawing.Label;
import dev.brigade.demo.drawing.Squared;
import dev.brigade.demo.drawing.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Drawn pictures in the size that the network reads. */
final class Examples {

    private Examples() {}

    /**
     * One picture, small.
     *
     * @param pixels bytes of red, then of green, then of blue
     */
    record Example(Kind kind, byte[] pixels) {
        int label() {
            return kind.label() == Label.TECHNICAL ? 0 : 1;
        }
    }

    /** So many pictures of each kind that has this use; other seeds are other pictures. */
    static List<Example> draw(Use use, int perKind, int side, long seed) {
        List<Example> all = new ArrayList<>();
        for (Label label : Label.values()) {
            for (Kind kind : Kind.of(label, use)) {
                all.addAll(
                        IntStream.range(0, perKind)
                                .parallel()
                                .mapToObj(i -> one(kind, side, seed * 1_000_003 + i))
                                .toList());
            }
        }
        return all;
    }

    private static Example one(Kind kind, int side, long seed) {
        return new Example(kind, Squared.planes(Drawing.of(kind, seed), side, seed));
    }
}
