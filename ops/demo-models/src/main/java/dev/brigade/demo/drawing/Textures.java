package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.List;

/** Surfaces without a subject, as close photographs have them. */
final class Textures {

    private Textures() {}

    static void cloudy(Canvas canvas) {
        Dice dice = canvas.dice;
        Noise noise = new Noise(dice);
        double scale = dice.real(2, 14) / canvas.width;
        double flat = dice.real(0.5, 2);
        double contrast = dice.real(1, 2.4);
        int octaves = dice.between(1, 6);
        Shader.Ramp ramp = Shader.Ramp.any(dice);
        Shader.fill(
                canvas,
                ramp,
                (x, y) ->
                        0.5
                                + contrast
                                        * (noise.layered(x * scale, y * scale * flat, octaves)
                                                - 0.5));
    }

    static void marble(Canvas canvas) {
        Dice dice = canvas.dice;
        Noise noise = new Noise(dice);
        double scale = dice.real(2, 8) / canvas.width;
        double turbulence = dice.real(1, 6);
        double angle = dice.real(0, Math.PI);
        double veins = dice.real(3, 20) / canvas.width;
        Shader.fill(
                canvas,
                Shader.Ramp.any(dice),
                (x, y) -> {
                    double along = (x * Math.cos(angle) + y * Math.sin(angle)) * veins;
                    double bent = along + turbulence * noise.layered(x * scale, y * scale, 4);
                    return 0.5 + 0.5 * Math.sin(bent);
                });
    }

    static void gradient(Canvas canvas) {
        Dice dice = canvas.dice;
        double angle = dice.real(0, 2 * Math.PI);
        double size = Math.hypot(canvas.width, canvas.height);
        boolean round = dice.chance(0.4);
        double cx = canvas.width * dice.real(0, 1);
        double cy = canvas.height * dice.real(0, 1);
        double grain = dice.chance(0.5) ? dice.real(0, 0.05) : 0;
        Shader.fill(
                canvas,
                Shader.Ramp.any(dice),
                (x, y) -> {
                    double at =
                            round
                                    ? Math.hypot(x - cx, y - cy) / size * 1.4
                                    : 0.5
                                            + ((x - cx) * Math.cos(angle)
                                                            + (y - cy) * Math.sin(angle))
                                                    / size;
                    return grain > 0 ? at + grain * dice.gaussian() : at;
                });
    }

    static void grainy(Canvas canvas) {
        Dice dice = canvas.dice;
        double strength = dice.real(0.05, 0.5);
        double middle = dice.real(0.3, 0.7);
        Noise noise = new Noise(dice);
        double scale = dice.real(1, 8) / canvas.width;
        Shader.fill(
                canvas,
                Shader.Ramp.any(dice),
                (x, y) ->
                        middle
                                + strength * dice.gaussian()
                                + 0.4 * (noise.at(x * scale, y * scale) - 0.5));
    }

    static void foliage(Canvas canvas) {
        Dice dice = canvas.dice;
        double hue = dice.chance(0.75) ? dice.real(0.18, 0.42) : dice.real(0.02, 0.14);
        Noise noise = new Noise(dice);
        Shader.Ramp ramp = Shader.Ramp.hue(dice, hue, 0.06);
        double scale = dice.real(3, 10) / canvas.width;
        Shader.fill(canvas, ramp, (x, y) -> 0.6 * noise.layered(x * scale, y * scale, 3));
        int leaves = dice.between(150, 900);
        double longest = Math.min(canvas.width, canvas.height) * dice.real(0.03, 0.16);
        for (int i = 0; i < leaves; i++) {
            double x = canvas.width * dice.real(-0.05, 1.05);
            double y = canvas.height * dice.real(-0.05, 1.05);
            double angle = dice.real(0, 2 * Math.PI);
            double length = longest * dice.real(0.3, 1);
            double dx = length * Math.cos(angle);
            double dy = length * Math.sin(angle);
            double fat = dice.real(0.1, 0.35);
            Path2D leaf = new Path2D.Double();
            leaf.moveTo(x, y);
            leaf.quadTo(x + dx / 2 - dy * fat, y + dy / 2 + dx * fat, x + dx, y + dy);
            leaf.quadTo(x + dx / 2 + dy * fat, y + dy / 2 - dx * fat, x, y);
            double bright = (double) i / leaves * 0.7 + dice.real(0, 0.3);
            canvas.fill(leaf, new Color(ramp.at(bright)));
        }
    }

    static void fur(Canvas canvas) {
        Dice dice = canvas.dice;
        Noise noise = new Noise(dice);
        double hue = dice.chance(0.7) ? dice.real(0.03, 0.12) : dice.real(0, 1);
        Shader.Ramp ramp = Shader.Ramp.hue(dice, hue, 0.03);
        canvas.fill(new Color(ramp.at(0.3)));
        double scale = dice.real(1.5, 5) / canvas.width;
        double length = Math.min(canvas.width, canvas.height) * dice.real(0.04, 0.14);
        double turn = dice.real(0, 6);
        int hairs = dice.between(1500, 5000);
        double thick = Math.max(0.7, length * 0.05);
        for (int i = 0; i < hairs; i++) {
            double x = canvas.width * dice.real(-0.05, 1.05);
            double y = canvas.height * dice.real(-0.05, 1.05);
            double angle = turn + 4 * noise.at(x * scale, y * scale);
            double shade = noise.at(x * scale * 3, y * scale * 3) * 0.6 + dice.real(0, 0.4);
            canvas.line(
                    x,
                    y,
                    x + length * Math.cos(angle),
                    y + length * Math.sin(angle),
                    new Color(ramp.at(shade)),
                    thick);
        }
    }

    static void brick(Canvas canvas) {
        Dice dice = canvas.dice;
        boolean stone = dice.chance(0.3);
        double hue = stone ? dice.real(0.05, 0.7) : dice.real(0, 0.08);
        Shader.Ramp ramp = Shader.Ramp.hue(dice, hue, 0.02);
        int shade = dice.between(90, 220);
        canvas.fill(new Color(shade, shade, shade - 10));
        double h = canvas.height / dice.real(6, 20);
        double w = h * dice.real(1.5, 3.5);
        double joint = h * dice.real(0.08, 0.2);
        int row = 0;
        for (double y = 0; y < canvas.height; y += h) {
            for (double x = row % 2 == 0 ? 0 : -w / 2; x < canvas.width; x += w) {
                canvas.fill(
                        Canvas.box(x, y, w - joint, h - joint),
                        new Color(ramp.at(dice.real(0.3, 0.8))));
            }
            row++;
        }
        weathered(canvas, dice.real(0.15, 0.5));
    }

    static void pebbles(Canvas canvas) {
        Dice dice = canvas.dice;
        Shader.Ramp ramp = Shader.Ramp.hue(dice, dice.real(0, 1), dice.real(0.02, 0.3));
        canvas.fill(new Color(ramp.at(0.1)));
        double size = Math.min(canvas.width, canvas.height) * dice.real(0.05, 0.2);
        int count = (int) (canvas.width * (double) canvas.height / size / size * 3);
        for (int i = 0; i < count; i++) {
            double x = canvas.width * dice.real(-0.1, 1.05);
            double y = canvas.height * dice.real(-0.1, 1.05);
            double w = size * dice.real(0.5, 1.4);
            double h = size * dice.real(0.5, 1.2);
            double shade = dice.real(0.2, 0.9);
            canvas.fill(
                    Canvas.oval(x + w * 0.06, y + h * 0.1, w, h), new Color(ramp.at(shade * 0.4)));
            canvas.fill(Canvas.oval(x, y, w, h), new Color(ramp.at(shade)));
            canvas.fill(
                    Canvas.oval(x + w * 0.2, y + h * 0.15, w * 0.4, h * 0.3),
                    new Color(ramp.at(Math.min(1, shade + 0.15))));
        }
        weathered(canvas, dice.real(0.1, 0.4));
    }

    static void fabric(Canvas canvas) {
        Dice dice = canvas.dice;
        Shader.Ramp ramp = Shader.Ramp.any(dice);
        double first = dice.real(4, 30) * 2 * Math.PI / canvas.width;
        double second = dice.real(4, 30) * 2 * Math.PI / canvas.width;
        double angle = dice.real(0, Math.PI);
        Noise noise = new Noise(dice);
        double scale = dice.real(2, 6) / canvas.width;
        Shader.fill(
                canvas,
                ramp,
                (x, y) -> {
                    double fold = 3 * noise.layered(x * scale, y * scale, 2);
                    double u = x * Math.cos(angle) + y * Math.sin(angle);
                    double v = -x * Math.sin(angle) + y * Math.cos(angle);
                    return 0.5
                            + 0.2 * Math.sin(u * first + fold)
                            + 0.2 * Math.sin(v * second + fold)
                            + 0.05 * dice.gaussian();
                });
        weathered(canvas, dice.real(0.1, 0.4));
    }

    static void wood(Canvas canvas) {
        Dice dice = canvas.dice;
        Noise noise = new Noise(dice);
        Shader.Ramp ramp = Shader.Ramp.hue(dice, dice.real(0.04, 0.1), 0.02);
        double across = dice.real(10, 40) / canvas.width;
        double along = dice.real(0.3, 1.5) / canvas.width;
        boolean upright = dice.chance(0.5);
        double rings = dice.real(2, 9);
        Shader.fill(
                canvas,
                ramp,
                (x, y) -> {
                    double u = upright ? x : y;
                    double v = upright ? y : x;
                    double grain = noise.layered(u * across, v * along, 4);
                    double ring = noise.at(u * across * 0.2, v * along * 2) * rings;
                    return 0.3 + 0.4 * grain + 0.3 * (ring - Math.floor(ring));
                });
    }

    static void brushed(Canvas canvas) {
        Dice dice = canvas.dice;
        Shader.Ramp ramp = Shader.Ramp.any(dice);
        canvas.fill(new Color(ramp.at(dice.real(0, 1))));
        double thick = Math.min(canvas.width, canvas.height) * dice.real(0.03, 0.2);
        for (int i = dice.between(20, 200); i > 0; i--) {
            Path2D stroke = new Path2D.Double();
            double x = canvas.width * dice.real(0, 1);
            double y = canvas.height * dice.real(0, 1);
            stroke.moveTo(x, y);
            stroke.curveTo(
                    x + dice.gaussian() * thick * 3,
                    y + dice.gaussian() * thick * 3,
                    x + dice.gaussian() * thick * 4,
                    y + dice.gaussian() * thick * 4,
                    x + dice.gaussian() * thick * 5,
                    y + dice.gaussian() * thick * 5);
            Color colour =
                    dice.chance(0.15) ? Palette.bright(dice) : new Color(ramp.at(dice.real(0, 1)));
            canvas.outline(stroke, colour, thick * dice.real(0.3, 1.2));
        }
        weathered(canvas, dice.real(0.05, 0.3));
    }

    /** Uneven light and grain. */
    static void weathered(Canvas canvas, double strength) {
        Dice dice = canvas.dice;
        Noise noise = new Noise(dice);
        double fine = dice.real(20, 80) / canvas.width;
        double coarse = dice.real(1, 5) / canvas.width;
        double grain = dice.real(0, 0.3);
        Shader.light(
                canvas,
                strength,
                (x, y) ->
                        0.6 * noise.layered(x * coarse, y * coarse, 2)
                                + 0.4 * noise.at(x * fine, y * fine)
                                + grain * (dice.real(0, 1) - 0.5));
    }

    /** Any of these: a ground for something else. */
    static void any(Canvas canvas) {
        canvas.dice
                .any(
                        List.<Painter>of(
                                Textures::cloudy,
                                Textures::gradient,
                                Textures::foliage,
                                Textures::grainy,
                                Textures::pebbles,
                                Textures::brushed))
                .paint(canvas);
    }
}
