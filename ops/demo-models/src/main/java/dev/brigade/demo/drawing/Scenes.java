package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.List;

/** What people photograph: landscapes, water, skies, faces, flowers, food, towns, things. */
final class Scenes {

    private Scenes() {}

    private static void sky(Canvas canvas) {
        Dice dice = canvas.dice;
        Color top = Color.getHSBColor((float) dice.real(0.5, 0.7), 0.6f, (float) dice.real(0.2, 1));
        Color low =
                dice.chance(0.5)
                        ? Color.getHSBColor((float) dice.real(0, 0.15), 0.6f, 0.95f)
                        : new Color(215, 230, 245);
        Shader.Ramp ramp = Shader.Ramp.of(List.of(top, low));
        Shader.fill(canvas, ramp, (x, y) -> 1.3 * y / canvas.height);
    }

    static void clouds(Canvas canvas) {
        Dice dice = canvas.dice;
        Noise noise = new Noise(dice);
        double hue = dice.real(0.52, 0.66);
        Color blue = Color.getHSBColor((float) hue, (float) dice.real(0.2, 0.8), 0.85f);
        Shader.Ramp ramp =
                Shader.Ramp.of(List.of(blue, blue, Color.WHITE, new Color(190, 195, 205)));
        double scale = dice.real(2, 7) / canvas.width;
        double flat = dice.real(1, 2.5);
        Shader.fill(
                canvas, ramp, (x, y) -> 1.6 * noise.layered(x * scale, y * scale * flat, 5) - 0.35);
    }

    static void landscape(Canvas canvas) {
        Dice dice = canvas.dice;
        sky(canvas);
        if (dice.chance(0.5)) {
            double radius = canvas.height * dice.real(0.04, 0.12);
            canvas.fill(
                    Canvas.disc(
                            canvas.width * dice.real(0.1, 0.9),
                            canvas.height * dice.real(0.1, 0.4),
                            radius),
                    new Color(255, 240, dice.between(150, 230)));
        }
        int hills = dice.between(2, 6);
        double hue = dice.real(0.08, 0.65);
        Noise noise = new Noise(dice);
        for (int hill = 0; hill < hills; hill++) {
            double depth = (hill + 1.0) / hills;
            double base = canvas.height * (0.35 + 0.5 * depth);
            double rough = dice.real(2, 9);
            Path2D shape = new Path2D.Double();
            shape.moveTo(0, canvas.height);
            for (int x = 0; x <= canvas.width; x += 3) {
                double bump = noise.layered(rough * x / canvas.width + 11 * hill, hill * 5, 5);
                shape.lineTo(x, base - canvas.height * 0.45 * (bump - 0.3));
            }
            shape.lineTo(canvas.width, canvas.height);
            canvas.fill(
                    shape,
                    Color.getHSBColor(
                            (float) hue,
                            (float) (0.25 + 0.45 * depth),
                            (float) Math.clamp(0.85 - 0.6 * depth + dice.real(0, 0.2), 0, 1)));
        }
        Textures.weathered(canvas, dice.real(0.1, 0.45));
    }

    static void water(Canvas canvas) {
        Dice dice = canvas.dice;
        Noise noise = new Noise(dice);
        Shader.Ramp ramp = Shader.Ramp.hue(dice, dice.real(0.45, 0.65), 0.04);
        double scale = dice.real(2, 6) / canvas.width;
        double flat = dice.real(4, 12);
        double horizon = dice.chance(0.5) ? canvas.height * dice.real(0.1, 0.5) : 0;
        double glare = dice.real(0, 0.6);
        sky(canvas);
        Canvas sea = new Canvas(canvas.width, Math.max(8, canvas.height - (int) horizon), dice);
        Shader.fill(
                sea,
                ramp,
                (x, y) -> {
                    double near = 0.3 + 0.7 * y / sea.height;
                    double wave = noise.layered(x * scale / near, y * scale * flat / near, 4);
                    double light = glare * Math.exp(-Math.pow(4.0 * x / sea.width - 2, 2));
                    return 1.5 * wave - 0.35 + (wave > 0.55 ? light : 0);
                });
        canvas.graphics.drawImage(sea.image, 0, (int) horizon, null);
    }

    static void portrait(Canvas canvas) {
        Dice dice = canvas.dice;
        Textures.any(canvas);
        double h = canvas.height * dice.real(0.4, 0.7);
        double w = h * dice.real(0.65, 0.85);
        double x = canvas.width * dice.real(0.35, 0.65);
        double y = canvas.height * dice.real(0.4, 0.55);
        Color skin =
                Color.getHSBColor(
                        (float) dice.real(0.03, 0.1),
                        (float) dice.real(0.25, 0.6),
                        (float) dice.real(0.35, 0.98));
        Color hair = Color.getHSBColor((float) dice.real(0, 0.13), 0.6f, (float) dice.real(0, 0.7));
        canvas.fill(
                Canvas.oval(x - w * 1.1, y + h * 0.42, w * 2.2, canvas.height), Palette.any(dice));
        canvas.fill(Canvas.oval(x - w * 0.6, y - h * 0.66, w * 1.2, h * dice.real(0.8, 1.5)), hair);
        canvas.fill(Canvas.box(x - w * 0.18, y + h * 0.3, w * 0.36, h * 0.3), skin.darker());
        canvas.fill(Canvas.oval(x - w / 2, y - h / 2, w, h), skin);
        canvas.fill(Canvas.oval(x - w * 0.5, y - h * 0.56, w, h * 0.25), hair);
        for (double side : new double[] {-1, 1}) {
            double ex = x + side * w * 0.2;
            canvas.fill(
                    Canvas.oval(ex - w * 0.09, y - h * 0.1, w * 0.18, h * 0.07),
                    new Color(240, 240, 235));
            canvas.fill(Canvas.disc(ex, y - h * 0.065, h * 0.03), hair.darker());
            canvas.line(ex - w * 0.1, y - h * 0.16, ex + w * 0.1, y - h * 0.16, hair, h * 0.025);
        }
        canvas.line(x, y - h * 0.03, x - w * 0.04, y + h * 0.12, skin.darker(), h * 0.02);
        canvas.fill(
                Canvas.oval(x - w * 0.15, y + h * 0.22, w * 0.3, h * 0.07), new Color(175, 75, 75));
        double lit = dice.real(-1, 1);
        Shader.light(canvas, 0.5, (px, py) -> 0.5 + lit * (px - x) / canvas.width);
        Textures.weathered(canvas, dice.real(0.1, 0.35));
    }

    static void flower(Canvas canvas) {
        Dice dice = canvas.dice;
        Textures.foliage(canvas);
        for (int i = dice.between(1, 9); i > 0; i--) {
            double x = canvas.width * dice.real(0.1, 0.9);
            double y = canvas.height * dice.real(0.1, 0.9);
            double size = Math.min(canvas.width, canvas.height) * dice.real(0.08, 0.3);
            Color petal = Palette.bright(dice);
            int petals = dice.between(5, 14);
            for (int p = 0; p < petals; p++) {
                double angle = 2 * Math.PI * p / petals;
                canvas.fill(
                        Canvas.disc(
                                x + size * 0.6 * Math.cos(angle),
                                y + size * 0.6 * Math.sin(angle),
                                size * dice.real(0.25, 0.45)),
                        Palette.mixed(petal, Color.WHITE, dice.real(0, 0.4)));
            }
            canvas.fill(Canvas.disc(x, y, size * 0.3), new Color(230, 180, 40));
        }
        Textures.weathered(canvas, dice.real(0.1, 0.4));
    }

    static void food(Canvas canvas) {
        Dice dice = canvas.dice;
        Textures.any(canvas);
        double radius = Math.min(canvas.width, canvas.height) * dice.real(0.3, 0.5);
        double x = canvas.width * dice.real(0.4, 0.6);
        double y = canvas.height * dice.real(0.4, 0.6);
        canvas.fill(Canvas.disc(x + radius * 0.05, y + radius * 0.08, radius), Color.DARK_GRAY);
        canvas.fill(Canvas.disc(x, y, radius), new Color(235, 235, 230));
        canvas.fill(Canvas.disc(x, y, radius * 0.75), new Color(222, 222, 216));
        for (int i = dice.between(15, 120); i > 0; i--) {
            double angle = dice.real(0, 2 * Math.PI);
            double far = radius * 0.65 * Math.sqrt(dice.real(0, 1));
            double size = radius * dice.real(0.06, 0.25);
            Color colour =
                    Color.getHSBColor(
                            (float) dice.real(-0.02, 0.3),
                            (float) dice.real(0.4, 0.95),
                            (float) dice.real(0.3, 0.95));
            double fx = x + far * Math.cos(angle);
            double fy = y + far * Math.sin(angle);
            canvas.fill(Canvas.oval(fx - size, fy - size, size * dice.real(1, 3), size), colour);
        }
        Textures.weathered(canvas, dice.real(0.2, 0.5));
    }

    static void town(Canvas canvas) {
        Dice dice = canvas.dice;
        sky(canvas);
        boolean night = dice.chance(0.3);
        if (night) {
            canvas.fill(new Color(10, 12, dice.between(25, 60)));
        }
        Shader.Ramp ramp = Shader.Ramp.hue(dice, dice.real(0, 1), 0.15);
        double x = -10;
        while (x < canvas.width) {
            double w = canvas.width * dice.real(0.06, 0.2);
            double h = canvas.height * dice.real(0.25, 0.85);
            double top = canvas.height - h;
            canvas.fill(
                    Canvas.box(x, top, w, h),
                    new Color(ramp.at(night ? dice.real(0, 0.3) : dice.real(0.2, 0.9))));
            double pane = w / dice.between(4, 8);
            Color dark = new Color(ramp.at(dice.real(0, 0.4)));
            for (double wy = top + pane; wy < canvas.height; wy += pane * 1.6) {
                for (double wx = x + pane * 0.5; wx < x + w - pane; wx += pane * 1.4) {
                    boolean lit = dice.chance(night ? 0.5 : 0.15);
                    canvas.fill(
                            Canvas.box(wx, wy, pane * 0.8, pane),
                            lit ? new Color(255, 225, 140) : dark);
                }
            }
            x += w * dice.real(0.7, 1.05);
        }
        Textures.weathered(canvas, dice.real(0.15, 0.5));
    }

    static void bokeh(Canvas canvas) {
        Dice dice = canvas.dice;
        Shader.Ramp ramp = Shader.Ramp.hue(dice, dice.real(0, 1), 0.1);
        Shader.fill(canvas, ramp, (x, y) -> 0.1 + 0.25 * y / canvas.height);
        double size = Math.min(canvas.width, canvas.height);
        for (int i = dice.between(15, 80); i > 0; i--) {
            Color light = Palette.bright(dice);
            Color clear =
                    new Color(
                            light.getRed(),
                            light.getGreen(),
                            light.getBlue(),
                            dice.between(40, 170));
            canvas.fill(
                    Canvas.disc(
                            canvas.width * dice.real(0, 1),
                            canvas.height * dice.real(0, 1),
                            size * dice.real(0.02, 0.13)),
                    clear);
        }
    }

    static void nightLights(Canvas canvas) {
        Dice dice = canvas.dice;
        canvas.fill(new Color(dice.between(0, 20), dice.between(0, 20), dice.between(5, 50)));
        for (int i = dice.between(100, 700); i > 0; i--) {
            double y = canvas.height * (dice.chance(0.3) ? dice.real(0, 1) : dice.real(0.5, 0.8));
            Color star = Palette.mixed(Palette.bright(dice), Color.WHITE, dice.real(0.2, 0.9));
            double radius = Math.abs(dice.gaussian()) * canvas.unit * 0.9 + 0.3;
            canvas.fill(Canvas.disc(canvas.width * dice.real(0, 1), y, radius), star);
        }
        Textures.weathered(canvas, dice.real(0.1, 0.4));
    }

    static void thing(Canvas canvas) {
        Dice dice = canvas.dice;
        boolean studio = dice.chance(0.5);
        if (studio) {
            int shade = dice.between(190, 255);
            canvas.fill(new Color(shade, shade, shade));
        } else {
            Textures.any(canvas);
        }
        double w = canvas.width * dice.real(0.25, 0.6);
        double h = canvas.height * dice.real(0.25, 0.6);
        double x = (canvas.width - w) * dice.real(0.3, 0.7);
        double y = (canvas.height - h) * dice.real(0.3, 0.7);
        Canvas part = new Canvas((int) Math.max(8, w), (int) Math.max(8, h), dice);
        Shader.Ramp ramp = Shader.Ramp.hue(dice, dice.real(0, 1), 0.04);
        double lit = dice.real(-0.8, 0.8);
        Shader.fill(part, ramp, (px, py) -> 0.5 + lit * (px / w - 0.5) - 0.4 * (py / h - 0.5));
        if (dice.chance(0.5)) {
            Textures.weathered(part, dice.real(0.1, 0.5));
        }
        canvas.fill(
                Canvas.oval(x - w * 0.1, y + h * 0.88, w * 1.2, h * 0.2),
                new Color(0, 0, 0, dice.between(40, 120)));
        canvas.graphics.setClip(
                switch (dice.between(0, 2)) {
                    case 0 -> Canvas.oval(x, y, w, h);
                    case 1 -> Canvas.rounded(x, y, w, h, w * dice.real(0.1, 0.9));
                    default -> bottle(x, y, w, h);
                });
        canvas.graphics.drawImage(part.image, (int) x, (int) y, null);
        canvas.graphics.setClip(null);
        if (dice.chance(0.6)) {
            Textures.weathered(canvas, dice.real(0.05, 0.25));
        }
    }

    private static Path2D bottle(double x, double y, double w, double h) {
        Path2D shape = new Path2D.Double();
        shape.moveTo(x + w * 0.4, y);
        shape.lineTo(x + w * 0.6, y);
        shape.lineTo(x + w * 0.6, y + h * 0.25);
        shape.quadTo(x + w, y + h * 0.35, x + w * 0.9, y + h);
        shape.lineTo(x + w * 0.1, y + h);
        shape.quadTo(x, y + h * 0.35, x + w * 0.4, y + h * 0.25);
        shape.closePath();
        return shape;
    }

    static void animal(Canvas canvas) {
        Dice dice = canvas.dice;
        Textures.any(canvas);
        Shader.Ramp ramp = Shader.Ramp.hue(dice, dice.real(0.02, 0.13), 0.03);
        double size = Math.min(canvas.width, canvas.height) * dice.real(0.3, 0.5);
        double x = canvas.width * dice.real(0.4, 0.6);
        double y = canvas.height * dice.real(0.4, 0.6);
        Color coat = new Color(ramp.at(dice.real(0.3, 0.8)));
        canvas.fill(Canvas.oval(x - size * 0.9, y, size * 1.8, size * 2), coat.darker());
        for (double side : new double[] {-1, 1}) {
            Path2D ear = new Path2D.Double();
            ear.moveTo(x + side * size * 0.75, y - size * 0.2);
            ear.lineTo(x + side * size * 0.7, y - size * 1.05);
            ear.lineTo(x + side * size * 0.2, y - size * 0.6);
            canvas.fill(ear, coat.darker());
        }
        canvas.fill(Canvas.disc(x, y, size * 0.75), coat);
        for (int i = 0; i < 900; i++) {
            double angle = dice.real(0, 2 * Math.PI);
            double far = size * dice.real(0.1, 0.8);
            double hx = x + far * Math.cos(angle);
            double hy = y + far * Math.sin(angle);
            canvas.line(
                    hx,
                    hy,
                    hx + size * 0.08 * Math.cos(angle),
                    hy + size * 0.08 * Math.sin(angle),
                    new Color(ramp.at(dice.real(0.2, 1))),
                    Math.max(0.7, size * 0.012));
        }
        for (double side : new double[] {-1, 1}) {
            canvas.fill(
                    Canvas.disc(x + side * size * 0.3, y - size * 0.1, size * 0.1), Color.BLACK);
        }
        canvas.fill(
                Canvas.oval(x - size * 0.12, y + size * 0.15, size * 0.24, size * 0.16),
                new Color(60, 35, 35));
        Textures.weathered(canvas, dice.real(0.1, 0.4));
    }
}
