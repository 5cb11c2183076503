package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures in which nothing can be read: empty ones and blurred ones. */
final class Failures {

    private static final List<Painter> SHARP =
            List.of(
                    Diagrams::flow,
                    Charts::bars,
                    Charts::lines,
                    Screens::page,
                    Screens::codeDark,
                    Screens::table,
                    Screens::slide,
                    Scenes::landscape,
                    Scenes::food,
                    Scenes::town);

    private Failures() {}

    static void blank(Canvas canvas) {
        Dice dice = canvas.dice;
        int shade = dice.chance(0.5) ? 255 : dice.between(0, 255);
        canvas.fill(dice.chance(0.6) ? new Color(shade, shade, shade) : Palette.any(dice));
        if (dice.chance(0.4)) {
            Textures.weathered(canvas, dice.real(0, 0.06));
        }
        for (int dirt = dice.chance(0.3) ? dice.between(1, 6) : 0; dirt > 0; dirt--) {
            canvas.fill(
                    Canvas.disc(
                            canvas.width * dice.real(0, 1),
                            canvas.height * dice.real(0, 1),
                            canvas.unit * dice.real(0.3, 1.2)),
                    Color.GRAY);
        }
    }

    /** So far out of focus that no line, letter or shape of the original is left. */
    static void blurred(Canvas canvas) {
        canvas.dice.any(SHARP).paint(canvas);
        int small = canvas.dice.between(3, 9);
        BufferedImage tiny = new BufferedImage(small, small, BufferedImage.TYPE_INT_RGB);
        draw(canvas.image, tiny);
        BufferedImage middle = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
        draw(tiny, middle);
        canvas.graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.graphics.drawImage(middle, 0, 0, canvas.width, canvas.height, null);
    }

    private static void draw(BufferedImage from, BufferedImage onto) {
        Scaling.averaged(from, onto);
        Graphics2D graphics = onto.createGraphics();
        if (onto.getWidth() > from.getWidth()) {
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(from, 0, 0, onto.getWidth(), onto.getHeight(), null);
        }
        graphics.dispose();
    }
}
