package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** Plans that engineers draw: circuits, machine parts, floors, timing. */
final class Schematics {

    private Schematics() {}

    private static Palette paper(Dice dice) {
        if (dice.chance(0.12)) {
            Palette light = Palette.light(dice);
            return new Palette(new Color(20, 60, 120), new Color(225, 235, 250), light.accents());
        }
        return Palette.document(dice);
    }

    static void circuit(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = paper(dice);
        canvas.fill(palette.paper());
        int columns = dice.between(2, 5);
        int rows = dice.between(2, 4);
        double w = canvas.width / (columns + 1.0);
        double h = canvas.height / (rows + 1.0);
        int size = Math.max(6, canvas.textSize() * 4 / 5);
        for (int row = 1; row <= rows; row++) {
            for (int column = 1; column <= columns; column++) {
                double x = column * w;
                double y = row * h;
                if (column < columns) {
                    part(canvas, palette.ink(), x, y, x + w, y);
                    canvas.text(
                            "R" + dice.between(1, 40), x + w * 0.4, y - size, size, palette.ink());
                }
                if (row < rows && dice.chance(0.7)) {
                    part(canvas, palette.ink(), x, y, x, y + h);
                }
                if (dice.chance(0.6)) {
                    canvas.fill(Canvas.disc(x, y, canvas.unit * 2), palette.ink());
                }
            }
        }
        for (int chips = dice.between(0, 2); chips > 0; chips--) {
            chip(
                    canvas,
                    palette,
                    canvas.width * dice.real(0.1, 0.6),
                    canvas.height * dice.real(0.1, 0.6),
                    Math.min(w, h) * 1.1,
                    size);
        }
    }

    /** A wire with a part in its middle. */
    private static void part(Canvas canvas, Color ink, double x1, double y1, double x2, double y2) {
        double dx = (x2 - x1) / 10;
        double dy = (y2 - y1) / 10;
        double t = canvas.unit;
        double wide = Math.hypot(dx, dy) * 1.2;
        double nx = -dy / Math.hypot(dx, dy) * wide;
        double ny = dx / Math.hypot(dx, dy) * wide;
        switch (canvas.dice.between(0, 3)) {
            case 0 -> {
                Path2D zigzag = new Path2D.Double();
                zigzag.moveTo(x1, y1);
                zigzag.lineTo(x1 + 3 * dx, y1 + 3 * dy);
                for (int i = 0; i < 6; i++) {
                    double side = i % 2 == 0 ? 0.6 : -0.6;
                    double at = 3.3 + i * 0.65;
                    zigzag.lineTo(x1 + at * dx + side * nx, y1 + at * dy + side * ny);
                }
                zigzag.lineTo(x1 + 7 * dx, y1 + 7 * dy);
                zigzag.lineTo(x2, y2);
                canvas.outline(zigzag, ink, t);
            }
            case 1 -> {
                canvas.line(x1, y1, x1 + 4.6 * dx, y1 + 4.6 * dy, ink, t);
                canvas.line(x1 + 5.4 * dx, y1 + 5.4 * dy, x2, y2, ink, t);
                for (double at : new double[] {4.6, 5.4}) {
                    canvas.line(
                            x1 + at * dx + nx,
                            y1 + at * dy + ny,
                            x1 + at * dx - nx,
                            y1 + at * dy - ny,
                            ink,
                            1.5 * t);
                }
            }
            case 2 -> {
                canvas.line(x1, y1, x2, y2, ink, t);
                canvas.outline(Canvas.disc(x1 + 5 * dx, y1 + 5 * dy, wide * 1.2), ink, t);
            }
            default -> canvas.line(x1, y1, x2, y2, ink, t);
        }
    }

    private static void chip(
            Canvas canvas, Palette palette, double x, double y, double side, int size) {
        int pins = canvas.dice.between(3, 7);
        for (int i = 0; i < pins; i++) {
            double py = y + side * (i + 0.5) / pins;
            canvas.line(x - side * 0.15, py, x + side * 1.15, py, palette.ink(), canvas.unit);
        }
        Shape body = Canvas.box(x, y, side, side);
        canvas.fill(body, palette.tint(1));
        canvas.outline(body, palette.ink(), canvas.unit * 1.5);
        canvas.centred(
                "U" + canvas.dice.between(1, 9),
                x + side / 2,
                y + side / 2,
                size,
                Font.PLAIN,
                palette.ink());
    }

    static void machine(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = paper(dice);
        canvas.fill(palette.paper());
        Color ink = palette.ink();
        double t = canvas.unit;
        if (dice.chance(0.5)) {
            canvas.outline(
                    Canvas.box(3 * t, 3 * t, canvas.width - 6 * t, canvas.height - 6 * t), ink, t);
            Shape corner =
                    Canvas.box(
                            canvas.width * 0.65,
                            canvas.height * 0.85,
                            canvas.width * 0.33,
                            canvas.height * 0.12);
            canvas.outline(corner, ink, t);
            canvas.text(
                    canvas.words.titles(1, 2),
                    canvas.width * 0.67,
                    canvas.height * 0.93,
                    Math.max(6, canvas.textSize() * 3 / 4),
                    ink);
        }
        for (int views = dice.between(1, 3); views > 0; views--) {
            double x = canvas.width * dice.real(0.12, 0.55);
            double y = canvas.height * dice.real(0.15, 0.5);
            double w = canvas.width * dice.real(0.2, 0.4);
            double h = canvas.height * dice.real(0.2, 0.4);
            canvas.outline(
                    dice.chance(0.5) ? Canvas.box(x, y, w, h) : Canvas.rounded(x, y, w, h, h / 3),
                    ink,
                    1.6 * t);
            for (int holes = dice.between(1, 4); holes > 0; holes--) {
                double radius = Math.min(w, h) * dice.real(0.08, 0.3);
                double hx = x + w * dice.real(0.3, 0.7);
                double hy = y + h * dice.real(0.3, 0.7);
                canvas.outline(Canvas.disc(hx, hy, radius), ink, t);
                canvas.dashed(hx - radius * 1.5, hy, hx + radius * 1.5, hy, palette.grey(), t / 2);
                canvas.dashed(hx, hy - radius * 1.5, hx, hy + radius * 1.5, palette.grey(), t / 2);
            }
            measure(canvas, palette, x, y + h + 10 * t, x + w);
        }
    }

    private static void measure(Canvas canvas, Palette palette, double x1, double y, double x2) {
        double t = canvas.unit;
        canvas.arrow((x1 + x2) / 2, y, x2, y, palette.ink(), t * 0.7);
        canvas.arrow((x1 + x2) / 2, y, x1, y, palette.ink(), t * 0.7);
        canvas.line(x1, y - 6 * t, x1, y + 3 * t, palette.ink(), t * 0.7);
        canvas.line(x2, y - 6 * t, x2, y + 3 * t, palette.ink(), t * 0.7);
        canvas.centred(
                String.valueOf(canvas.dice.between(5, 480)),
                (x1 + x2) / 2,
                y - 5 * t,
                Math.max(6, canvas.textSize() * 3 / 4),
                Font.PLAIN,
                palette.ink());
    }

    static void floorPlan(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = paper(dice);
        canvas.fill(palette.paper());
        double margin = canvas.width * 0.06;
        rooms(
                canvas,
                palette,
                margin,
                margin,
                canvas.width - 2 * margin,
                canvas.height - 2 * margin,
                dice.between(2, 3));
    }

    private static void rooms(
            Canvas canvas, Palette palette, double x, double y, double w, double h, int depth) {
        if (depth == 0) {
            canvas.outline(Canvas.box(x, y, w, h), palette.ink(), canvas.unit * 2.5);
            canvas.centred(
                    canvas.words.title(),
                    x + w / 2,
                    y + h / 2,
                    Math.max(6, canvas.textSize() * 3 / 4),
                    Font.PLAIN,
                    palette.ink());
            double door = Math.min(w, h) * 0.3;
            canvas.line(x + door, y, x + 2 * door, y, palette.paper(), canvas.unit * 3);
            canvas.outline(
                    new java.awt.geom.Arc2D.Double(
                            x, y - door, 2 * door, 2 * door, 270, 90, java.awt.geom.Arc2D.OPEN),
                    palette.grey(),
                    canvas.unit);
            return;
        }
        double cut = canvas.dice.real(0.35, 0.65);
        if (w > h) {
            rooms(canvas, palette, x, y, w * cut, h, depth - 1);
            rooms(canvas, palette, x + w * cut, y, w * (1 - cut), h, depth - 1);
        } else {
            rooms(canvas, palette, x, y, w, h * cut, depth - 1);
            rooms(canvas, palette, x, y + h * cut, w, h * (1 - cut), depth - 1);
        }
    }

    static void timing(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = paper(dice);
        canvas.fill(palette.paper());
        int signals = dice.between(2, 8);
        double step = (double) canvas.height / signals;
        int size = (int) Math.max(6, Math.min(canvas.textSize(), step * 0.4));
        double left = size * 5;
        for (int i = 0; i < signals; i++) {
            double low = (i + 0.8) * step;
            double high = (i + 0.25) * step;
            canvas.text(canvas.words.word(), 3, low, size, palette.ink());
            Path2D wave = new Path2D.Double();
            boolean up = dice.chance(0.5);
            wave.moveTo(left, up ? high : low);
            double beat = canvas.width * dice.real(0.02, 0.1);
            for (double x = left + beat; x < canvas.width; x += beat) {
                wave.lineTo(x, up ? high : low);
                up = dice.chance(0.55) != up;
                wave.lineTo(x, up ? high : low);
            }
            canvas.outline(wave, palette.accent(i), canvas.unit * 1.2);
            if (dice.chance(0.4)) {
                canvas.line(left, low, canvas.width, low, palette.grey(), canvas.unit * 0.4);
            }
        }
    }
}
