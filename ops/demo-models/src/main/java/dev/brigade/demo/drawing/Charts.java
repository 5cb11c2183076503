package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Polygon;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;

/** Numbers as pictures. */
final class Charts {

    private Charts() {}

    /** The area within the axes, in pixels. */
    private record Plot(double left, double top, double right, double bottom) {
        double width() {
            return right - left;
        }

        double height() {
            return bottom - top;
        }

        double x(double share) {
            return left + share * width();
        }

        double y(double share) {
            return bottom - share * height();
        }
    }

    private static Plot axes(Canvas canvas, Palette palette) {
        Dice dice = canvas.dice;
        canvas.fill(palette.paper());
        Plot plot =
                new Plot(
                        canvas.width * dice.real(0.06, 0.16),
                        canvas.height * dice.real(0.05, 0.16),
                        canvas.width * dice.real(0.84, 0.97),
                        canvas.height * dice.real(0.8, 0.92));
        int size = Math.max(6, canvas.textSize() * 4 / 5);
        if (dice.chance(0.6)) {
            canvas.centred(
                    canvas.words.titles(1, 4),
                    canvas.width / 2.0,
                    plot.top() / 2,
                    size * 5 / 4,
                    Font.BOLD,
                    palette.ink());
        }
        int ticks = dice.between(3, 8);
        boolean grid = dice.chance(0.6);
        Color faint = Palette.mixed(palette.ink(), palette.paper(), 0.85);
        for (int i = 0; i <= ticks; i++) {
            double y = plot.y((double) i / ticks);
            if (grid) {
                canvas.line(plot.left(), y, plot.right(), y, faint, Math.max(1, canvas.unit / 2));
            }
            String number = canvas.words.number();
            int wide = canvas.textWidth(number, size);
            canvas.text(number, plot.left() - wide - 3, y + size * 0.35, size, palette.ink());
        }
        for (int i = 0; i < ticks; i++) {
            double x = plot.x((i + 0.5) / ticks);
            canvas.centred(
                    dice.chance(0.5) ? canvas.words.word() : canvas.words.number(),
                    x,
                    plot.bottom() + size,
                    size,
                    Font.PLAIN,
                    palette.ink());
        }
        Color ink = palette.ink();
        canvas.line(plot.left(), plot.bottom(), plot.right(), plot.bottom(), ink, canvas.unit);
        if (dice.chance(0.7)) {
            canvas.line(plot.left(), plot.top(), plot.left(), plot.bottom(), ink, canvas.unit);
        }
        return plot;
    }

    private static void legend(Canvas canvas, Palette palette, Plot plot, int series) {
        if (canvas.dice.chance(0.5)) {
            return;
        }
        int size = Math.max(6, canvas.textSize() * 4 / 5);
        double x = plot.x(canvas.dice.real(0.05, 0.75));
        for (int i = 0; i < series; i++) {
            double y = plot.top() + (i + 1) * size * 1.4;
            canvas.fill(Canvas.box(x, y - size * 0.7, size, size * 0.7), palette.accent(i));
            canvas.text(canvas.words.word(), x + size * 1.4, y, size, palette.ink());
        }
    }

    static void lines(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        Plot plot = axes(canvas, palette);
        int series = dice.between(1, 5);
        boolean area = dice.chance(0.25);
        for (int i = 0; i < series; i++) {
            int points = dice.between(5, 60);
            double value = dice.real(0.1, 0.9);
            double trend = dice.real(-0.3, 0.3) / points;
            double jump = dice.real(0.01, 0.12);
            Path2D path = new Path2D.Double();
            path.moveTo(plot.x(0), plot.y(value));
            for (int p = 1; p <= points; p++) {
                value = Math.clamp(value + trend + dice.gaussian() * jump, 0.02, 0.98);
                path.lineTo(plot.x((double) p / points), plot.y(value));
                if (points < 16) {
                    double x = plot.x((double) p / points);
                    canvas.fill(Canvas.disc(x, plot.y(value), canvas.unit * 2), palette.accent(i));
                }
            }
            canvas.outline(path, palette.accent(i), canvas.unit * dice.real(0.8, 2));
            if (area) {
                path.lineTo(plot.right(), plot.bottom());
                path.lineTo(plot.left(), plot.bottom());
                Color accent = palette.accent(i);
                canvas.fill(
                        path, new Color(accent.getRed(), accent.getGreen(), accent.getBlue(), 110));
            }
        }
        legend(canvas, palette, plot, series);
    }

    static void bars(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        Plot plot = axes(canvas, palette);
        int groups = dice.between(3, 14);
        int series = dice.between(1, 3);
        boolean lying = dice.chance(0.25);
        double fat = dice.real(0.5, 0.95);
        boolean edged = dice.chance(0.3);
        for (int g = 0; g < groups; g++) {
            for (int s = 0; s < series; s++) {
                double start = (g + 0.5 - fat / 2 + fat * s / series) / groups;
                double value = dice.real(0.05, 0.97);
                double thick = fat / series / groups;
                var bar =
                        lying
                                ? Canvas.box(
                                        plot.left(),
                                        plot.top() + start * plot.height(),
                                        value * plot.width(),
                                        thick * plot.height())
                                : Canvas.box(
                                        plot.x(start),
                                        plot.y(value),
                                        thick * plot.width(),
                                        value * plot.height());
                canvas.fill(bar, palette.accent(s));
                if (edged) {
                    canvas.outline(bar, palette.ink(), canvas.unit * 0.7);
                }
            }
        }
        legend(canvas, palette, plot, series);
    }

    static void histogram(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        Plot plot = axes(canvas, palette);
        int bins = dice.between(10, 40);
        double middle = dice.real(0.25, 0.75);
        double spread = dice.real(0.08, 0.3);
        for (int i = 0; i < bins; i++) {
            double at = (i + 0.5) / bins;
            double value = Math.exp(-0.5 * Math.pow((at - middle) / spread, 2));
            value = Math.clamp(value * dice.real(0.7, 1) * 0.95, 0.004, 1);
            canvas.fill(
                    Canvas.box(
                            plot.x((double) i / bins),
                            plot.y(value),
                            plot.width() / bins * 0.93,
                            value * plot.height()),
                    palette.accent(0));
        }
    }

    static void scatter(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        Plot plot = axes(canvas, palette);
        int clusters = dice.between(1, 4);
        double radius = canvas.unit * dice.real(1, 3.2);
        for (int c = 0; c < clusters; c++) {
            double x = dice.real(0.2, 0.8);
            double y = dice.real(0.2, 0.8);
            double slope = dice.real(-1, 1);
            for (int i = dice.between(15, 120); i > 0; i--) {
                double along = dice.gaussian() * 0.14;
                double px = Math.clamp(x + along, 0.01, 0.99);
                double py = Math.clamp(y + slope * along + dice.gaussian() * 0.06, 0.01, 0.99);
                canvas.fill(Canvas.disc(plot.x(px), plot.y(py), radius), palette.accent(c));
            }
        }
        legend(canvas, palette, plot, clusters);
    }

    static void heatMap(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        Plot plot = axes(canvas, palette);
        int columns = dice.between(4, 20);
        int rows = dice.between(4, 16);
        Color low = palette.accent(0);
        Color high = dice.chance(0.5) ? palette.paper() : palette.accent(3);
        boolean numbers = columns < 9 && dice.chance(0.5);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = plot.x((double) column / columns);
                double y = plot.top() + plot.height() * row / rows;
                double w = plot.width() / columns;
                double h = plot.height() / rows;
                canvas.fill(
                        Canvas.box(x, y, w + 0.5, h + 0.5),
                        Palette.mixed(low, high, dice.real(0, 1)));
                if (numbers) {
                    int size = (int) Math.max(6, Math.min(w / 4, h / 2));
                    canvas.centred(
                            canvas.words.number(),
                            x + w / 2,
                            y + h / 2,
                            size,
                            Font.PLAIN,
                            palette.ink());
                }
            }
        }
    }

    static void boxPlot(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        Plot plot = axes(canvas, palette);
        int boxes = dice.between(3, 9);
        double w = plot.width() / boxes * 0.5;
        for (int i = 0; i < boxes; i++) {
            double x = plot.x((i + 0.5) / boxes);
            double middle = dice.real(0.25, 0.75);
            double half = dice.real(0.04, 0.2);
            Color ink = palette.ink();
            canvas.line(
                    x,
                    plot.y(Math.min(0.98, middle + 2 * half)),
                    x,
                    plot.y(Math.max(0.02, middle - 2 * half)),
                    ink,
                    canvas.unit);
            var box = Canvas.box(x - w / 2, plot.y(middle + half), w, 2 * half * plot.height());
            canvas.fill(box, palette.tint(i));
            canvas.outline(box, ink, canvas.unit);
            canvas.line(x - w / 2, plot.y(middle), x + w / 2, plot.y(middle), ink, canvas.unit * 2);
        }
    }

    static void pie(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        double radius = Math.min(canvas.width, canvas.height) * dice.real(0.3, 0.42);
        double x = canvas.width * dice.real(0.4, 0.6);
        double y = canvas.height * dice.real(0.48, 0.56);
        int slices = dice.between(3, 7);
        int size = canvas.textSize();
        double angle = dice.real(0, 360);
        double left = 360;
        for (int i = 0; i < slices; i++) {
            double extent = i + 1 == slices ? left : left * dice.real(0.15, 0.6);
            left -= extent;
            Arc2D slice =
                    new Arc2D.Double(
                            x - radius,
                            y - radius,
                            2 * radius,
                            2 * radius,
                            angle,
                            extent,
                            Arc2D.PIE);
            canvas.fill(slice, palette.accent(i));
            canvas.outline(slice, palette.paper(), canvas.unit);
            double middle = Math.toRadians(angle + extent / 2);
            canvas.text(
                    canvas.words.word(),
                    x + radius * 1.1 * Math.cos(middle),
                    y - radius * 1.1 * Math.sin(middle),
                    size,
                    palette.ink());
            angle += extent;
        }
        if (dice.chance(0.35)) {
            canvas.fill(Canvas.disc(x, y, radius * 0.55), palette.paper());
        }
        canvas.centred(
                canvas.words.titles(1, 4),
                canvas.width / 2.0,
                size,
                size,
                Font.BOLD,
                palette.ink());
    }

    static void radar(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int corners = dice.between(5, 9);
        double radius = Math.min(canvas.width, canvas.height) * 0.38;
        double x = canvas.width / 2.0;
        double y = canvas.height / 2.0;
        for (int ring = 1; ring <= 4; ring++) {
            double part = radius * ring / 4;
            canvas.outline(web(x, y, corners, i -> part), palette.grey(), canvas.unit * 0.7);
        }
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double ex = x + radius * Math.cos(angle);
            double ey = y + radius * Math.sin(angle);
            canvas.line(x, y, ex, ey, palette.grey(), canvas.unit * 0.7);
            canvas.centred(
                    canvas.words.word(), ex, ey, canvas.textSize(), Font.PLAIN, palette.ink());
        }
        for (int series = dice.between(1, 3); series > 0; series--) {
            Polygon shape = web(x, y, corners, i -> radius * dice.real(0.25, 1));
            Color accent = palette.accent(series);
            canvas.fill(shape, new Color(accent.getRed(), accent.getGreen(), accent.getBlue(), 70));
            canvas.outline(shape, accent, canvas.unit * 1.5);
        }
    }

    private static Polygon web(
            double x, double y, int corners, java.util.function.IntToDoubleFunction radius) {
        Polygon web = new Polygon();
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double length = radius.applyAsDouble(i);
            web.addPoint(
                    (int) (x + length * Math.cos(angle)), (int) (y + length * Math.sin(angle)));
        }
        return web;
    }

    static void gantt(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int rows = dice.between(4, 14);
        double left = canvas.width * dice.real(0.15, 0.3);
        double step = canvas.height / (rows + 1.5);
        int size = (int) Math.max(6, Math.min(canvas.textSize(), step * 0.6));
        for (int column = 0; column < 8; column++) {
            double x = left + (canvas.width - left) * column / 8;
            canvas.line(x, step, x, canvas.height, palette.grey(), canvas.unit * 0.5);
            canvas.text("W" + (column + 1), x + 2, step * 0.8, size, palette.ink());
        }
        double start = 0;
        for (int row = 0; row < rows; row++) {
            double y = step * (row + 1.2);
            canvas.text(canvas.words.titles(1, 2), 3, y + step * 0.5, size, palette.ink());
            double length = dice.real(0.08, 0.3);
            double from = Math.min(start, 1 - length);
            canvas.fill(
                    Canvas.rounded(
                            left + from * (canvas.width - left),
                            y,
                            length * (canvas.width - left),
                            step * 0.65,
                            canvas.unit * 3),
                    palette.accent(dice.between(0, 3)));
            start = Math.min(0.9, start + dice.real(0, 0.15));
        }
    }
}
