package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.Font;
import java.util.List;

/** What stands on screens and pages: programs, terminals, windows, tables, slides, text. */
final class Screens {

    private Screens() {}

    static void codeDark(Canvas canvas) {
        code(canvas, Palette.dark(canvas.dice));
    }

    static void codeLight(Canvas canvas) {
        code(canvas, Palette.light(canvas.dice));
    }

    private static void code(Canvas canvas, Palette palette) {
        Dice dice = canvas.dice;
        canvas.family(Font.MONOSPACED);
        canvas.fill(palette.paper());
        int size = canvas.textSize();
        double lineHeight = size * dice.real(1.2, 1.6);
        double left = size;
        if (dice.chance(0.5)) {
            Color side = Palette.mixed(palette.ink(), palette.paper(), 0.92);
            double wide = canvas.width * dice.real(0.05, 0.25);
            canvas.fill(Canvas.box(0, 0, wide, canvas.height), side);
            left = wide + size;
        }
        boolean numbered = dice.chance(0.6);
        boolean marked = dice.chance(0.2);
        int indent = 0;
        int number = dice.between(1, 400);
        for (double y = lineHeight; y < canvas.height + size; y += lineHeight) {
            if (marked && dice.chance(0.3)) {
                Color mark = dice.chance(0.5) ? new Color(60, 160, 80) : new Color(200, 70, 70);
                canvas.fill(
                        Canvas.box(left, y - size, canvas.width, lineHeight),
                        Palette.mixed(mark, palette.paper(), 0.7));
            }
            if (numbered) {
                canvas.text(String.valueOf(number++), left - size * 0.6, y, size, palette.grey());
            }
            if (dice.chance(0.88)) {
                codeLine(canvas, palette, left + size * (numbered ? 2.4 : 0) + indent, y, size);
            }
            indent = Math.clamp(indent + size * dice.between(-1, 1), 0, 6 * size);
        }
    }

    private static void codeLine(Canvas canvas, Palette palette, double x, double y, int size) {
        double at = x;
        int part = 0;
        for (String token : canvas.words.code()) {
            Color colour = part % 2 == 0 ? palette.accent(part) : palette.ink();
            canvas.text(token, at, y, size, colour);
            at += canvas.textWidth(token, size);
            part++;
        }
    }

    static void terminal(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = dice.chance(0.85) ? Palette.dark(dice) : Palette.light(dice);
        canvas.family(Font.MONOSPACED);
        canvas.fill(palette.paper());
        int size = canvas.textSize();
        double lineHeight = size * 1.25;
        int lines = (int) (canvas.height / lineHeight * dice.real(0.4, 1));
        for (int i = 1; i <= lines; i++) {
            double y = i * lineHeight;
            if (dice.chance(0.3)) {
                canvas.text("$ " + canvas.words.name(), 3, y, size, palette.accent(0));
            } else {
                String log =
                        "2026-11-"
                                + dice.between(10, 30)
                                + " "
                                + canvas.words.number()
                                + " "
                                + canvas.words.titles(2, 9);
                canvas.text(log, 3, y, size, palette.ink());
            }
        }
    }

    static void table(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        double margin = dice.chance(0.5) ? 0 : canvas.width * 0.05;
        grid(canvas, palette, margin, margin, canvas.width - 2 * margin, dice.between(3, 8));
    }

    private static void grid(
            Canvas canvas, Palette palette, double x, double y, double w, int columns) {
        Dice dice = canvas.dice;
        int size = (int) Math.max(6, Math.min(canvas.textSize(), w / columns / 5));
        double rowHeight = size * dice.real(1.5, 2.4);
        int rows = (int) Math.max(3, (canvas.height - 2 * y) / rowHeight);
        boolean striped = dice.chance(0.5);
        boolean ruled = dice.chance(0.7);
        for (int row = 0; row < rows; row++) {
            double top = y + row * rowHeight;
            if (row == 0) {
                canvas.fill(Canvas.box(x, top, w, rowHeight), palette.tint(0));
            } else if (striped && row % 2 == 0) {
                Color stripe = Palette.mixed(palette.ink(), palette.paper(), 0.93);
                canvas.fill(Canvas.box(x, top, w, rowHeight), stripe);
            }
            for (int column = 0; column < columns; column++) {
                String cell = column == 0 ? canvas.words.titles(1, 2) : canvas.words.number();
                int style = row == 0 ? Font.BOLD : Font.PLAIN;
                canvas.text(
                        row == 0 ? canvas.words.title() : cell,
                        x + w * column / columns + 3,
                        top + rowHeight * 0.7,
                        size,
                        style,
                        palette.ink());
            }
            if (ruled) {
                canvas.line(x, top, x + w, top, palette.grey(), Math.max(1, canvas.unit * 0.5));
            }
        }
        for (int column = 0; ruled && column <= columns; column++) {
            double at = x + w * column / columns;
            canvas.line(
                    at,
                    y,
                    at,
                    y + rows * rowHeight,
                    palette.grey(),
                    Math.max(1, canvas.unit * 0.5));
        }
    }

    static void spreadsheet(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.light(dice);
        canvas.fill(Color.WHITE);
        double bar = canvas.height * dice.real(0.06, 0.16);
        double top = canvas.height * 0.04;
        canvas.fill(Canvas.box(0, 0, canvas.width, bar), new Color(33, 115, 70));
        int columns = dice.between(5, 12);
        double w = (double) canvas.width / columns;
        double h = Math.max(8, canvas.height / (double) dice.between(12, 30));
        Color line = new Color(208, 208, 208);
        int size = (int) Math.max(6, Math.min(h * 0.62, w / 5));
        int row = 0;
        for (double y = bar; y < canvas.height; y += h) {
            canvas.line(0, y, canvas.width, y, line, 1);
            for (int column = 0; column < columns; column++) {
                boolean head = row == 0 || column == 0;
                if (head) {
                    canvas.fill(Canvas.box(column * w, y, w, h), new Color(235, 236, 238));
                }
                if (head || dice.chance(0.65)) {
                    String letter = String.valueOf((char) ('A' + column));
                    String cell = row == 0 ? letter : canvas.words.number();
                    canvas.text(cell, column * w + 3, y + h * 0.75, size, palette.ink());
                }
            }
            row++;
        }
        for (int column = 0; column < columns; column++) {
            canvas.line(column * w, top, column * w, canvas.height, line, 1);
        }
    }

    static void window(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int size = canvas.textSize();
        double bar = size * dice.real(1.6, 2.6);
        canvas.fill(Canvas.box(0, 0, canvas.width, bar), palette.tint(0));
        canvas.text(canvas.words.titles(2, 4), size * 3, bar * 0.7, size, palette.ink());
        List<Color> lights =
                List.of(new Color(255, 95, 86), new Color(255, 189, 46), new Color(39, 201, 63));
        for (int i = 0; i < lights.size(); i++) {
            canvas.fill(Canvas.disc(size * (0.6 + i * 0.8), bar / 2, size * 0.3), lights.get(i));
        }
        double side = dice.chance(0.6) ? canvas.width * dice.real(0.15, 0.3) : 0;
        Color faint = Palette.mixed(palette.ink(), palette.paper(), 0.92);
        canvas.fill(Canvas.box(0, bar, side, canvas.height), faint);
        for (double y = bar + size * 2; side > 0 && y < canvas.height; y += size * 2) {
            canvas.text(canvas.words.word(), size * 0.6, y, size, palette.ink());
        }
        double x = side + size;
        double w = canvas.width - side - 2 * size;
        for (double y = bar + size * 1.5; y < canvas.height; y += size * dice.real(2.4, 3.6)) {
            widget(canvas, palette, x, y, w, size);
        }
    }

    private static void widget(
            Canvas canvas, Palette palette, double x, double y, double w, int size) {
        Dice dice = canvas.dice;
        canvas.text(canvas.words.titles(1, 3), x, y + size, size, palette.ink());
        double fx = x + w * 0.4;
        switch (dice.between(0, 4)) {
            case 0 -> {
                canvas.fill(
                        Canvas.rounded(fx, y, size * 6.0, size * 1.7, size * 0.6),
                        palette.accent(0));
                canvas.text(canvas.words.title(), fx + size, y + size * 1.2, size, Color.WHITE);
            }
            case 1 -> {
                canvas.outline(Canvas.box(fx, y, size, size), palette.ink(), canvas.unit);
                canvas.text(canvas.words.word(), fx + size * 1.5, y + size, size, palette.ink());
            }
            case 2 -> {
                canvas.line(fx, y + size, x + w, y + size, palette.grey(), canvas.unit * 2);
                canvas.fill(Canvas.disc(fx + w * 0.3, y + size, size * 0.6), palette.accent(1));
            }
            default -> {
                canvas.outline(
                        Canvas.box(fx, y, w * 0.58, size * 1.7), palette.grey(), canvas.unit);
                canvas.text(canvas.words.name(), fx + 4, y + size * 1.2, size, palette.grey());
            }
        }
    }

    static void dashboard(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(Palette.mixed(palette.ink(), palette.paper(), 0.9));
        int columns = dice.between(2, 3);
        int rows = dice.between(2, 3);
        List<Painter> painters =
                List.of(Charts::lines, Charts::bars, Charts::histogram, Screens::figure);
        int gap = (int) (canvas.unit * 3);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                canvas.inset(
                        dice.any(painters),
                        column * canvas.width / columns + gap,
                        row * canvas.height / rows + gap,
                        canvas.width / columns - 2 * gap,
                        canvas.height / rows - 2 * gap);
            }
        }
    }

    private static void figure(Canvas canvas) {
        Palette palette = Palette.light(canvas.dice);
        canvas.fill(palette.paper());
        int size = Math.max(8, canvas.height / 3);
        double middle = canvas.width / 2.0;
        canvas.centred(
                canvas.words.number(),
                middle,
                canvas.height * 0.5,
                size,
                Font.BOLD,
                palette.accent(0));
        canvas.centred(
                canvas.words.word(),
                middle,
                canvas.height * 0.85,
                Math.max(6, size / 3),
                Font.PLAIN,
                palette.ink());
    }

    static void slide(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int size = (int) Math.max(9, canvas.height * dice.real(0.07, 0.12));
        double margin = canvas.width * dice.real(0.04, 0.1);
        if (dice.chance(0.5)) {
            canvas.fill(Canvas.box(0, 0, canvas.width, size * 1.9), palette.accent(0));
        }
        canvas.text(canvas.words.titles(2, 5), margin, size * 1.4, size, Font.BOLD, palette.ink());
        int bullets = dice.between(2, 7);
        boolean picture = dice.chance(0.4);
        int small = Math.max(7, size * 5 / 8);
        for (int i = 0; i < bullets; i++) {
            double y = size * 3 + i * small * dice.real(1.7, 1.9);
            canvas.fill(
                    Canvas.disc(margin + small * 0.3, y - small * 0.35, small * 0.18),
                    palette.accent(1));
            canvas.text(
                    canvas.words.titles(2, picture ? 4 : 9),
                    margin + small,
                    y,
                    small,
                    palette.ink());
        }
        if (picture) {
            int half = canvas.width / 2;
            canvas.inset(
                    dice.any(List.of(Charts::bars, Diagrams::flow, Charts::lines)),
                    half,
                    canvas.height / 4,
                    (int) (half - margin / 2),
                    canvas.height * 2 / 3);
        }
    }

    static void page(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.light(dice);
        canvas.fill(palette.paper());
        int size = Math.max(6, canvas.textSize() * 4 / 5);
        int columns = canvas.width > 260 && dice.chance(0.4) ? 2 : 1;
        double margin = canvas.width * dice.real(0.03, 0.12);
        double w = (canvas.width - (columns + 1) * margin) / columns;
        for (int column = 0; column < columns; column++) {
            double x = margin + column * (w + margin);
            for (double y = margin + size; y < canvas.height - margin; y += size * 1.35) {
                if (dice.chance(0.08)) {
                    canvas.text(
                            canvas.words.titles(1, 3),
                            x,
                            y,
                            size * 5 / 4,
                            Font.BOLD,
                            palette.ink());
                } else if (dice.chance(0.92)) {
                    paragraph(canvas, palette, x, y, w, size);
                }
            }
        }
    }

    private static void paragraph(
            Canvas canvas, Palette palette, double x, double y, double w, int size) {
        double at = x;
        double end = x + w * (canvas.dice.chance(0.15) ? canvas.dice.real(0.3, 0.9) : 1);
        while (at < end) {
            String word = canvas.words.word() + " ";
            int wide = canvas.textWidth(word, size);
            if (at + wide > x + w) {
                return;
            }
            canvas.text(word, at, y, size, palette.ink());
            at += wide;
        }
    }

    static void webPage(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(palette.paper());
        int size = canvas.textSize();
        canvas.fill(Canvas.box(0, 0, canvas.width, size * 2.2), palette.accent(0));
        for (int i = 0; i < 4; i++) {
            canvas.text(
                    canvas.words.title(),
                    canvas.width * (0.05 + i * 0.22),
                    size * 1.5,
                    size,
                    Color.WHITE);
        }
        double side = canvas.width * 0.22;
        for (double y = size * 4; y < canvas.height; y += size * 1.7) {
            canvas.text(canvas.words.titles(1, 2), size * 0.5, y, size, palette.accent(2));
        }
        canvas.text(
                canvas.words.titles(2, 4),
                side + size,
                size * 4.4,
                size * 3 / 2,
                Font.BOLD,
                palette.ink());
        for (double y = size * 6.4; y < canvas.height; y += size * 1.45) {
            paragraph(canvas, palette, side + size, y, canvas.width - side - 2 * size, size);
        }
    }

    static void formulas(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.family(Font.SERIF);
        canvas.fill(palette.paper());
        int size = (int) Math.max(10, canvas.textSize() * dice.real(1.1, 1.9));
        List<String> parts =
                List.of(
                        "x",
                        "y²",
                        "= ",
                        " + ",
                        "∑ aᵢ",
                        "∫ f(t) dt",
                        "α",
                        "β",
                        "√n",
                        " ≤ ",
                        "λ",
                        "P(A|B)",
                        "π",
                        "∂u",
                        " − ",
                        "(k+1)",
                        "e⁻ˣ",
                        "θ",
                        "∇L",
                        "0.5",
                        "2n");
        for (double y = size * 1.6; y < canvas.height; y += size * dice.real(1.7, 2.6)) {
            StringBuilder line = new StringBuilder();
            for (int i = dice.between(4, 11); i > 0; i--) {
                line.append(dice.any(parts)).append(' ');
            }
            double x = canvas.width * dice.real(0.03, 0.2);
            canvas.text(line.toString(), x, y, size, Font.ITALIC, palette.ink());
            if (dice.chance(0.3)) {
                canvas.line(x, y + size * 0.3, x + size * 4, y + size * 0.3, palette.ink(), 1);
            }
        }
    }
}
