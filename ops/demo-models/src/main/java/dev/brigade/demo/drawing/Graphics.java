package dev.brigade.demo.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Polygon;
import java.awt.Shape;
import java.util.List;

/** Drawn, but of no use as documents: logos, memes, stickers, cards, icons, advertising. */
final class Graphics {

    private static final List<Painter> GROUNDS =
            List.of(
                    Textures::any,
                    Scenes::landscape,
                    Scenes::animal,
                    Scenes::thing,
                    Scenes::food,
                    Textures::marble);

    private Graphics() {}

    static void logo(Canvas canvas) {
        Dice dice = canvas.dice;
        Palette palette = Palette.document(dice);
        canvas.fill(dice.chance(0.3) ? palette.accent(3) : palette.paper());
        double size = Math.min(canvas.width, canvas.height) * dice.real(0.25, 0.4);
        boolean beside = dice.chance(0.35);
        double x = canvas.width * (beside ? 0.25 : 0.5);
        double y = canvas.height * (beside ? 0.5 : 0.42);
        int parts = dice.between(1, 3);
        for (int i = 0; i < parts; i++) {
            emblem(
                    canvas,
                    x + size * 0.3 * i * dice.real(-1, 1),
                    y + size * 0.3 * i * dice.real(-1, 1),
                    size * dice.real(0.5, 1) / (1 + i * 0.4),
                    palette.accent(i));
        }
        if (dice.chance(0.75)) {
            int text = (int) Math.max(9, size * dice.real(0.35, 0.6));
            double tx = beside ? canvas.width * 0.68 : x;
            double ty = beside ? y : y + size * 1.35;
            canvas.centred(canvas.words.title(), tx, ty, text, Font.BOLD, palette.ink());
        }
    }

    private static void emblem(Canvas canvas, double x, double y, double size, Color colour) {
        Dice dice = canvas.dice;
        switch (dice.between(0, 4)) {
            case 0 -> canvas.fill(Canvas.disc(x, y, size), colour);
            case 1 -> canvas.outline(Canvas.disc(x, y, size), colour, size * 0.25);
            case 2 ->
                    canvas.fill(star(x, y, size, dice.between(3, 9), dice.real(0.3, 0.8)), colour);
            case 3 ->
                    canvas.fill(
                            Canvas.rounded(x - size, y - size, 2 * size, 2 * size, size * 0.7),
                            colour);
            default ->
                    canvas.centred(
                            canvas.words.title().substring(0, 1),
                            x,
                            y,
                            (int) (size * 1.8),
                            Font.BOLD,
                            colour);
        }
    }

    private static Polygon star(double x, double y, double size, int corners, double inner) {
        Polygon star = new Polygon();
        for (int i = 0; i < 2 * corners; i++) {
            double far = i % 2 == 0 ? size : size * inner;
            double angle = Math.PI * i / corners;
            star.addPoint((int) (x + far * Math.sin(angle)), (int) (y - far * Math.cos(angle)));
        }
        return star;
    }

    static void meme(Canvas canvas) {
        Dice dice = canvas.dice;
        canvas.dice.any(GROUNDS).paint(canvas);
        canvas.family(Font.SANS_SERIF);
        int size = (int) Math.max(10, canvas.height * dice.real(0.08, 0.17));
        boolean bar = dice.chance(0.25);
        if (bar) {
            canvas.fill(Canvas.box(0, 0, canvas.width, size * 1.9), Color.WHITE);
            shout(canvas, size * 0.95, size, Color.BLACK, false);
            return;
        }
        if (dice.chance(0.85)) {
            shout(canvas, size, size, Color.WHITE, true);
        }
        shout(canvas, canvas.height - size * 0.8, size, Color.WHITE, true);
    }

    private static void shout(Canvas canvas, double y, int wanted, Color colour, boolean edged) {
        String text = canvas.words.loud(2, 6);
        int wide = canvas.textWidth(text, wanted);
        int size = (int) Math.min(wanted, wanted * 0.85 * canvas.width / wide);
        if (edged) {
            double edge = Math.max(1, size / 12.0);
            for (double dx = -edge; dx <= edge; dx += edge) {
                for (double dy = -edge; dy <= edge; dy += edge) {
                    canvas.centred(
                            text, canvas.width / 2.0 + dx, y + dy, size, Font.BOLD, Color.BLACK);
                }
            }
        }
        canvas.centred(text, canvas.width / 2.0, y, size, Font.BOLD, colour);
    }

    static void sticker(Canvas canvas) {
        Dice dice = canvas.dice;
        if (dice.chance(0.3)) {
            Textures.any(canvas);
        } else {
            canvas.fill(dice.chance(0.6) ? Color.WHITE : Palette.bright(dice));
        }
        double size = Math.min(canvas.width, canvas.height) * dice.real(0.28, 0.42);
        double x = canvas.width * 0.5;
        double y = canvas.height * 0.5;
        Color colour = Palette.bright(dice);
        Shape body =
                switch (dice.between(0, 3)) {
                    case 0 -> Canvas.disc(x, y, size);
                    case 1 -> star(x, y, size * 1.1, dice.between(5, 12), dice.real(0.6, 0.85));
                    case 2 -> Canvas.rounded(x - size, y - size, 2 * size, 2 * size, size);
                    default -> Canvas.oval(x - size * 1.1, y - size * 0.8, size * 2.2, size * 1.6);
                };
        canvas.outline(body, new Color(225, 225, 225), size * 0.22);
        canvas.outline(body, Color.WHITE, size * 0.18);
        canvas.fill(body, colour);
        canvas.outline(body, colour.darker().darker(), size * 0.04);
        if (dice.chance(0.7)) {
            face(canvas, x, y, size);
        } else {
            canvas.centred(
                    canvas.words.loud(1, 1), x, y, (int) (size * 0.55), Font.BOLD, Color.WHITE);
        }
    }

    private static void face(Canvas canvas, double x, double y, double size) {
        Dice dice = canvas.dice;
        for (double side : new double[] {-1, 1}) {
            double radius = size * dice.real(0.08, 0.2);
            canvas.fill(Canvas.disc(x + side * size * 0.35, y - size * 0.2, radius), Color.WHITE);
            canvas.fill(
                    Canvas.disc(x + side * size * 0.35, y - size * 0.18, radius * 0.6),
                    Color.BLACK);
        }
        double smile = dice.real(0.1, 0.6);
        canvas.graphics.setColor(new Color(60, 20, 20));
        canvas.graphics.setStroke(new BasicStroke((float) (size * 0.06)));
        canvas.graphics.drawArc(
                (int) (x - size * 0.4),
                (int) (y - size * 0.05),
                (int) (size * 0.8),
                (int) (size * smile) + 2,
                180,
                180);
    }

    static void emoji(Canvas canvas) {
        Dice dice = canvas.dice;
        canvas.fill(dice.chance(0.7) ? Color.WHITE : Palette.any(dice));
        int count = dice.between(1, 4);
        double cell = (double) canvas.width / count;
        double size = Math.min(cell, canvas.height) * 0.42;
        for (int i = 0; i < count; i++) {
            double x = (i + 0.5) * cell;
            double y = canvas.height / 2.0;
            canvas.fill(Canvas.disc(x, y, size), new Color(255, dice.between(190, 225), 60));
            face(canvas, x, y, size);
        }
    }

    static void card(Canvas canvas) {
        Dice dice = canvas.dice;
        dice.any(List.<Painter>of(Textures::gradient, Textures::cloudy, Scenes::flower))
                .paint(canvas);
        canvas.family(dice.chance(0.6) ? Font.SERIF : Font.SANS_SERIF);
        int size = (int) Math.max(10, canvas.height * dice.real(0.09, 0.16));
        List<String> wishes =
                List.of(
                        "Happy Birthday",
                        "Thank You",
                        "Congrats!",
                        "Good Morning",
                        "Enjoy",
                        "Love");
        canvas.centred(
                dice.any(wishes),
                canvas.width / 2.0,
                canvas.height * dice.real(0.3, 0.7),
                Math.min(size, canvas.width / 9),
                dice.chance(0.5) ? Font.ITALIC : Font.BOLD,
                dice.chance(0.6) ? Color.WHITE : Palette.any(dice));
        for (int i = dice.between(0, 25); i > 0; i--) {
            double x = canvas.width * dice.real(0, 1);
            double y = canvas.height * dice.real(0, 1);
            canvas.fill(star(x, y, size * 0.3, 5, 0.45), Palette.bright(dice));
        }
    }

    static void banner(Canvas canvas) {
        Dice dice = canvas.dice;
        dice.any(List.<Painter>of(Textures::gradient, Scenes::thing, Scenes::landscape))
                .paint(canvas);
        int size = (int) Math.max(10, canvas.height * dice.real(0.12, 0.28));
        double x = canvas.width * dice.real(0.3, 0.7);
        String offer = dice.any(List.of("SALE", "-50%", "BUY NOW", "NEW!", "FREE", "MEGA DEAL"));
        canvas.centred(
                offer,
                x,
                canvas.height * 0.4,
                Math.min(size, canvas.width / 5),
                Font.BOLD,
                Palette.bright(dice));
        Shape button = Canvas.rounded(x - size, canvas.height * 0.65, size * 2.0, size * 0.7, size);
        canvas.fill(button, Palette.bright(dice));
        if (dice.chance(0.5)) {
            canvas.fill(
                    star(canvas.width * 0.85, canvas.height * 0.25, size, 12, 0.7),
                    Palette.bright(dice));
        }
    }

    static void icon(Canvas canvas) {
        Dice dice = canvas.dice;
        canvas.fill(dice.chance(0.5) ? Color.WHITE : Palette.bright(dice));
        Color colour = dice.chance(0.5) ? Color.DARK_GRAY : Palette.bright(dice);
        double size = Math.min(canvas.width, canvas.height) * dice.real(0.15, 0.4);
        double x = canvas.width / 2.0;
        double y = canvas.height / 2.0;
        switch (dice.between(0, 3)) {
            case 0 -> {
                canvas.fill(Canvas.disc(x, y - size * 0.4, size * 0.5), colour);
                canvas.fill(Canvas.oval(x - size, y + size * 0.2, size * 2, size * 1.6), colour);
            }
            case 1 -> {
                canvas.fill(star(x, y - size * 0.2, size, 3, 0.5), colour);
                canvas.fill(Canvas.box(x - size * 0.6, y, size * 1.2, size * 0.8), colour);
            }
            case 2 -> {
                canvas.outline(Canvas.disc(x, y, size * 0.7), colour, size * 0.25);
                canvas.line(
                        x + size * 0.5,
                        y + size * 0.5,
                        x + size * 1.1,
                        y + size * 1.1,
                        colour,
                        size * 0.25);
            }
            default -> canvas.fill(star(x, y, size, dice.between(4, 8), 0.45), colour);
        }
    }
}
