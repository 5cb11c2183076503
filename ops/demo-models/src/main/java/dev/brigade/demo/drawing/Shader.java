package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;

/** Paints pixel by pixel, as light and matter do. */
@FunctionalInterface
interface Shader {

    /** A place in a ramp of colours, 0 to 1, for a pixel; outside is cut. */
    double at(int x, int y);

    /** Fills a picture. */
    static void fill(Canvas canvas, Ramp ramp, Shader shader) {
        int[] pixels = pixels(canvas.image);
        for (int y = 0; y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                pixels[y * canvas.width + x] = ramp.at(shader.at(x, y));
            }
        }
    }

    /** Makes every pixel brighter or darker by a share of what the shader says, 0 to 1. */
    static void light(Canvas canvas, double strength, Shader shader) {
        int[] pixels = pixels(canvas.image);
        for (int y = 0; y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                int i = y * canvas.width + x;
                double factor = 1 + strength * (2 * shader.at(x, y) - 1);
                int rgb = pixels[i];
                int red = cut(((rgb >> 16) & 255) * factor);
                int green = cut(((rgb >> 8) & 255) * factor);
                int blue = cut((rgb & 255) * factor);
                pixels[i] = red << 16 | green << 8 | blue;
            }
        }
    }

    private static int cut(double value) {
        return (int) Math.clamp(value, 0, 255);
    }

    private static int[] pixels(BufferedImage image) {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    /** Colours from one end to the other. */
    record Ramp(int[] colours) {

        private static final int STEPS = 512;

        static Ramp of(List<Color> stops) {
            int[] colours = new int[STEPS];
            for (int i = 0; i < STEPS; i++) {
                double at = (double) i / (STEPS - 1) * (stops.size() - 1);
                int stop = (int) Math.min(at, stops.size() - 2.0);
                colours[i] =
                        Palette.mixed(stops.get(stop), stops.get(stop + 1), at - stop).getRGB()
                                & 0xFFFFFF;
            }
            return new Ramp(colours);
        }

        static Ramp any(Dice dice) {
            List<Color> stops = new ArrayList<>();
            Color first = Palette.any(dice);
            stops.add(first);
            for (int i = dice.between(1, 4); i > 0; i--) {
                Color next = Palette.any(dice);
                stops.add(dice.chance(0.5) ? Palette.mixed(next, first, 0.5) : next);
            }
            return of(stops);
        }

        /** From dark to light of about one hue. */
        static Ramp hue(Dice dice, double hue, double spread) {
            List<Color> stops = new ArrayList<>();
            int count = dice.between(2, 5);
            double saturation = dice.real(0.15, 0.9);
            double dark = dice.real(0.05, 0.4);
            double light = dice.real(0.5, 1);
            for (int i = 0; i < count; i++) {
                double share = (double) i / (count - 1);
                stops.add(
                        Color.getHSBColor(
                                (float) (hue + dice.real(-spread, spread)),
                                (float) Math.clamp(saturation + dice.real(-0.2, 0.2), 0, 1),
                                (float) (dark + (light - dark) * share)));
            }
            return of(stops);
        }

        int at(double share) {
            return colours[(int) Math.clamp(share * STEPS, 0, STEPS - 1.0)];
        }
    }
}
