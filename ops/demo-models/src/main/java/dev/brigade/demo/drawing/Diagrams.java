package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** Boxes and arrows: flow charts, networks, sequences, layers, mind maps, trees and UML. */
final class Diagrams {

    private Diagrams() {}

    static void flow(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int columns = dice.between(1, 4);
        int rows = dice.between(2, 5);
        double cellWidth = (double) canvas.width / columns;
        double cellHeight = (double) canvas.height / rows;
        int size = (int) Math.max(7, Math.min(canvas.textSize(), cellWidth / 7));
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = (column + 0.5) * cellWidth;
                double y = (row + 0.5) * cellHeight;
                double w = cellWidth * dice.real(0.5, 0.75);
                double h = cellHeight * dice.real(0.35, 0.55);
                if (row + 1 < rows && (columns == 1 || dice.chance(0.8))) {
                    double below = y + cellHeight - cellHeight * 0.25;
                    canvas.arrow(x, y + h / 2, x, below, palette.ink(), canvas.unit);
                }
                if (column + 1 < columns && dice.chance(0.6)) {
                    double right = x + cellWidth - cellWidth * 0.35;
                    canvas.arrow(x + w / 2, y, right, y, palette.ink(), canvas.unit);
                }
                node(canvas, palette, x, y, w, h, size);
            }
        }
    }

    private static void node(
            Canvas canvas, Palette palette, double x, double y, double w, double h, int size) {
        Dice dice = canvas.dice;
        Shape shape =
                switch (dice.between(0, 4)) {
                    case 0 -> diamond(x, y, w, h);
                    case 1 -> Canvas.oval(x - w / 2, y - h / 2, w, h);
                    case 2 -> Canvas.rounded(x - w / 2, y - h / 2, w, h, h / 2);
                    default -> Canvas.box(x - w / 2, y - h / 2, w, h);
                };
        canvas.fill(shape, dice.chance(0.6) ? palette.tint(dice.between(0, 3)) : palette.paper());
        canvas.outline(shape, palette.ink(), canvas.unit);
        canvas.centred(canvas.words.titles(1, 2), x, y, size, Font.PLAIN, palette.ink());
    }

    private static Shape diamond(double x, double y, double w, double h) {
        Polygon diamond = new Polygon();
        diamond.addPoint((int) x, (int) (y - h / 2));
        diamond.addPoint((int) (x + w / 2), (int) y);
        diamond.addPoint((int) x, (int) (y + h / 2));
        diamond.addPoint((int) (x - w / 2), (int) y);
        return diamond;
    }

    static void network(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int nodes = dice.between(5, 24);
        double[] xs = new double[nodes];
        double[] ys = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            xs[i] = canvas.width * dice.real(0.08, 0.92);
            ys[i] = canvas.height * dice.real(0.08, 0.92);
            if (dice.chance(0.35)) {
                double angle = 2 * Math.PI * i / nodes;
                xs[i] = canvas.width * (0.5 + 0.4 * Math.cos(angle));
                ys[i] = canvas.height * (0.5 + 0.4 * Math.sin(angle));
            }
        }
        for (int i = 1; i < nodes; i++) {
            for (int edge = dice.between(1, 2); edge > 0; edge--) {
                int other = dice.between(0, i - 1);
                if (dice.chance(0.3)) {
                    canvas.dashed(xs[i], ys[i], xs[other], ys[other], palette.grey(), canvas.unit);
                } else {
                    canvas.line(xs[i], ys[i], xs[other], ys[other], palette.grey(), canvas.unit);
                }
            }
        }
        boolean square = dice.chance(0.4);
        boolean named = dice.chance(0.7);
        double radius = canvas.unit * dice.real(5, 14);
        for (int i = 0; i < nodes; i++) {
            Shape shape =
                    square
                            ? Canvas.box(xs[i] - radius, ys[i] - radius, 2 * radius, 1.6 * radius)
                            : Canvas.disc(xs[i], ys[i], radius);
            canvas.fill(shape, palette.accent(dice.between(0, 4)));
            canvas.outline(shape, palette.ink(), canvas.unit * 0.8);
            if (named) {
                canvas.centred(
                        canvas.words.word(),
                        xs[i],
                        ys[i] + radius * 1.7,
                        canvas.textSize(),
                        Font.PLAIN,
                        palette.ink());
            }
        }
    }

    static void sequence(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int lanes = dice.between(2, 6);
        double gap = (double) canvas.width / lanes;
        double top = canvas.height * 0.1;
        int size = (int) Math.min(canvas.textSize(), gap / 6 + 4);
        for (int lane = 0; lane < lanes; lane++) {
            double x = (lane + 0.5) * gap;
            canvas.dashed(x, top, x, canvas.height, palette.grey(), canvas.unit);
            Shape head = Canvas.box(x - gap * 0.4, top * 0.4, gap * 0.8, top);
            canvas.fill(head, palette.tint(lane));
            canvas.outline(head, palette.ink(), canvas.unit);
            canvas.centred(canvas.words.title(), x, top * 0.9, size, Font.PLAIN, palette.ink());
        }
        double step = canvas.height * dice.real(0.05, 0.12);
        for (double y = top * 2; y < canvas.height * 0.95; y += step) {
            int from = dice.between(0, lanes - 1);
            int to = (from + dice.between(1, lanes - 1)) % lanes;
            canvas.arrow((from + 0.5) * gap, y, (to + 0.5) * gap, y, palette.ink(), canvas.unit);
            double middle = (from + to + 1) / 2.0 * gap;
            canvas.centred(
                    canvas.words.name(), middle, y - size * 0.7, size, Font.PLAIN, palette.ink());
        }
    }

    static void layers(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int rows = dice.between(2, 5);
        double margin = canvas.width * dice.real(0.02, 0.08);
        double rowHeight = (canvas.height - margin) / rows;
        for (int row = 0; row < rows; row++) {
            double y = margin / 2 + row * rowHeight;
            Shape group =
                    Canvas.rounded(
                            margin,
                            y,
                            canvas.width - 2 * margin,
                            rowHeight * 0.86,
                            4 * canvas.unit);
            canvas.fill(group, palette.tint(row));
            canvas.outline(group, palette.accent(row), canvas.unit);
            int size = canvas.textSize();
            canvas.text(
                    canvas.words.titles(1, 3),
                    margin + 4,
                    y + size + 2,
                    size,
                    Font.BOLD,
                    palette.ink());
            int boxes = dice.between(1, 6);
            double w = (canvas.width - 3 * margin) / boxes;
            for (int i = 0; i < boxes; i++) {
                Shape box =
                        Canvas.box(
                                margin * 1.5 + i * w,
                                y + rowHeight * 0.36,
                                w * 0.85,
                                rowHeight * 0.38);
                canvas.fill(box, dice.chance(0.6) ? palette.paper() : palette.accent(i));
                canvas.outline(box, palette.ink(), canvas.unit * 0.8);
                canvas.centred(
                        canvas.words.word(),
                        margin * 1.5 + (i + 0.43) * w,
                        y + rowHeight * 0.55,
                        (int) Math.max(7, Math.min(size, w / 5)),
                        Font.PLAIN,
                        palette.ink());
            }
        }
    }

    static void mindMap(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        double x = canvas.width / 2.0;
        double y = canvas.height / 2.0;
        int branches = dice.between(4, 8);
        int size = canvas.textSize();
        for (int i = 0; i < branches; i++) {
            double angle = 2 * Math.PI * (i + dice.real(-0.2, 0.2)) / branches;
            double bx = x + canvas.width * 0.36 * Math.cos(angle);
            double by = y + canvas.height * 0.38 * Math.sin(angle);
            Path2D curve = new Path2D.Double();
            curve.moveTo(x, y);
            curve.curveTo((x + bx) / 2, y, (x + bx) / 2, by, bx, by);
            canvas.outline(curve, palette.accent(i), canvas.unit * 2);
            for (int leaf = dice.between(0, 3); leaf > 0; leaf--) {
                double ly = by + (leaf - 1.5) * size * 1.7;
                double lx = bx + Math.signum(bx - x) * canvas.width * 0.08;
                canvas.line(bx, by, lx, ly, palette.accent(i), canvas.unit);
                canvas.text(canvas.words.word(), lx, ly, size * 4 / 5, palette.ink());
            }
            canvas.centred(canvas.words.title(), bx, by, size, Font.BOLD, palette.ink());
        }
        Shape heart = Canvas.oval(x - size * 5, y - size * 1.8, size * 10.0, size * 3.6);
        canvas.fill(heart, palette.tint(0));
        canvas.outline(heart, palette.ink(), canvas.unit);
        canvas.centred(canvas.words.titles(1, 2), x, y, size, Font.BOLD, palette.ink());
    }

    static void tree(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        branch(canvas, palette, 0, canvas.width, canvas.height * 0.1, dice.between(2, 4));
    }

    private static void branch(
            Canvas canvas, Palette palette, double left, double right, double y, int depth) {
        double x = (left + right) / 2;
        double step = canvas.height * 0.24;
        if (depth > 1) {
            int children = canvas.dice.between(2, 3);
            double w = (right - left) / children;
            for (int i = 0; i < children; i++) {
                double cx = left + (i + 0.5) * w;
                canvas.line(x, y, x, y + step / 2, palette.ink(), canvas.unit);
                canvas.line(x, y + step / 2, cx, y + step / 2, palette.ink(), canvas.unit);
                canvas.line(cx, y + step / 2, cx, y + step, palette.ink(), canvas.unit);
                branch(canvas, palette, left + i * w, left + (i + 1) * w, y + step, depth - 1);
            }
        }
        double w = Math.min(right - left, canvas.width / 4.0) * 0.8;
        Shape box = Canvas.box(x - w / 2, y - step * 0.22, w, step * 0.44);
        canvas.fill(box, palette.tint(depth));
        canvas.outline(box, palette.ink(), canvas.unit);
        int size = (int) Math.max(6, Math.min(canvas.textSize(), w / 5));
        canvas.centred(canvas.words.word(), x, y, size, Font.PLAIN, palette.ink());
    }

    static void umlClasses(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int columns = dice.between(2, 3);
        int rows = dice.between(1, 3);
        double w = (double) canvas.width / columns;
        double h = (double) canvas.height / rows;
        int size = (int) Math.max(6, Math.min(canvas.textSize(), w / 11));
        Color ground = dice.chance(0.5) ? new Color(255, 253, 205) : palette.tint(1);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = column * w + w * 0.14;
                double y = row * h + h * 0.14;
                if (column + 1 < columns) {
                    canvas.arrow(
                            x, y + h * 0.3, x + w * 0.98, y + h * 0.3, palette.ink(), canvas.unit);
                }
                if (row + 1 < rows && dice.chance(0.6)) {
                    canvas.dashed(x + w * 0.3, y, x + w * 0.3, y + h, palette.ink(), canvas.unit);
                }
                umlClass(canvas, palette, ground, x, y, w * 0.72, h * 0.68, size);
            }
        }
    }

    private static void umlClass(
            Canvas canvas,
            Palette palette,
            Color ground,
            double x,
            double y,
            double w,
            double h,
            int size) {
        Color ink = palette.ink();
        canvas.fill(Canvas.box(x, y, w, h), ground);
        canvas.outline(Canvas.box(x, y, w, h), ink, canvas.unit);
        canvas.centred(canvas.words.title(), x + w / 2, y + size * 0.9, size, Font.BOLD, ink);
        double middle = y + Math.max(size * 2, h * canvas.dice.real(0.4, 0.6));
        canvas.line(x, y + size * 1.8, x + w, y + size * 1.8, ink, canvas.unit);
        canvas.line(x, middle, x + w, middle, ink, canvas.unit);
        for (double line = y + size * 3; line < y + h - 2; line += size * 1.25) {
            String member = line < middle ? ": int" : "(): void";
            canvas.text("+ " + canvas.words.word() + member, x + 3, line, size * 9 / 10, ink);
        }
    }
}
