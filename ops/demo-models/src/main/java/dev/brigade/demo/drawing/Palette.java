package dev.brigade.demo.drawing;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * Colours that go together: of the ground, of lines and text upon it, and of parts to stand out.
 */
record Palette(Color paper, Color ink, List<Color> accents) {

    /** Mostly light, as documents are; now and then dark. */
    static Palette document(Dice dice) {
        return dice.chance(0.2) ? dark(dice) : light(dice);
    }

    static Palette light(Dice dice) {
        int shade = dice.chance(0.6) ? 255 : dice.between(232, 252);
        Color paper =
                dice.chance(0.75)
                        ? new Color(shade, shade, shade)
                        : new Color(shade, dice.between(228, 252), dice.between(215, 250));
        int dark = dice.between(0, 90);
        Color ink = new Color(dark, dark, Math.min(255, dark + dice.between(0, 40)));
        return new Palette(paper, ink, accents(dice));
    }

    static Palette dark(Dice dice) {
        int shade = dice.between(8, 52);
        Color paper = new Color(shade, shade + dice.between(0, 8), shade + dice.between(0, 24));
        int bright = dice.between(185, 245);
        return new Palette(paper, new Color(bright, bright, bright), accents(dice));
    }

    Color accent(int index) {
        return accents.get(index % accents.size());
    }

    /** The accent, mixed with the paper: good to write upon. */
    Color tint(int index) {
        return mixed(accent(index), paper, 0.78);
    }

    /** Between ink and paper. */
    Color grey() {
        return mixed(ink, paper, 0.6);
    }

    static Color mixed(Color first, Color second, double secondShare) {
        return new Color(
                part(first.getRed(), second.getRed(), secondShare),
                part(first.getGreen(), second.getGreen(), secondShare),
                part(first.getBlue(), second.getBlue(), secondShare));
    }

    static Color bright(Dice dice) {
        return Color.getHSBColor(
                (float) dice.real(0, 1), (float) dice.real(0.4, 1), (float) dice.real(0.5, 1));
    }

    static Color any(Dice dice) {
        return Color.getHSBColor(
                (float) dice.real(0, 1), (float) dice.real(0, 1), (float) dice.real(0.05, 1));
    }

    private static List<Color> accents(Dice dice) {
        List<Color> accents = new ArrayList<>();
        double hue = dice.real(0, 1);
        double step = dice.chance(0.3) ? 0.03 : dice.real(0.09, 0.3);
        boolean grey = dice.chance(0.12);
        for (int i = 0; i < 7; i++) {
            double saturation = grey ? 0.04 : dice.real(0.35, 0.9);
            accents.add(
                    Color.getHSBColor(
                            (float) (hue + i * step),
                            (float) saturation,
                            (float) dice.real(0.4, 0.92)));
        }
        return List.copyOf(accents);
    }

    private static int part(int first, int second, double secondShare) {
        return (int) Math.round(first * (1 - secondShare) + second * secondShare);
    }
}
