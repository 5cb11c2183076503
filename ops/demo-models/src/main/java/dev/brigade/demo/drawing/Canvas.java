package dev.brigade.demo.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** A picture in the making, with what painters have in common: pens, text, boxes and arrows. */
final class Canvas {

    private static final List<String> FAMILIES =
            List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED, Font.DIALOG);

    final int width;
    final int height;
    final BufferedImage image;
    final Graphics2D graphics;
    final Dice dice;
    final Words words;

    /** How thick lines are and how large text is, in pixels, when nothing else is wanted. */
    final double unit;

    private String family;
    private final double stretch;

    Canvas(int width, int height, Dice dice) {
        this.width = width;
        this.height = height;
        this.dice = dice;
        this.words = new Words(dice);
        this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
        boolean smooth = dice.chance(0.9);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING,
                smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING,
                smooth
                        ? RenderingHints.VALUE_TEXT_ANTIALIAS_ON
                        : RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
        this.unit = Math.max(1, Math.min(width, height) / 250.0 * dice.real(0.7, 1.6));
        this.family = dice.any(FAMILIES);
        this.stretch = dice.real(0.85, 1.15);
    }

    /** Usual size of text: readable, as in documents and on screens. */
    int textSize() {
        return (int) Math.max(7, Math.min(34, unit * dice.real(8, 13)));
    }

    void family(String wanted) {
        family = wanted;
    }

    void fill(Color colour) {
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
    }

    void fill(Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
    }

    void outline(Shape shape, Color colour, double thickness) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) thickness));
        graphics.draw(shape);
    }

    void line(double x1, double y1, double x2, double y2, Color colour, double thickness) {
        outline(new Line2D.Double(x1, y1, x2, y2), colour, thickness);
    }

    void dashed(double x1, double y1, double x2, double y2, Color colour, double thickness) {
        graphics.setColor(colour);
        float dash = (float) (4 * thickness);
        graphics.setStroke(
                new BasicStroke(
                        (float) thickness,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_MITER,
                        10,
                        new float[] {dash, dash},
                        0));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    void arrow(double x1, double y1, double x2, double y2, Color colour, double thickness) {
        line(x1, y1, x2, y2, colour, thickness);
        double angle = Math.atan2(y2 - y1, x2 - x1);
        double size = 3 + 3 * thickness;
        Polygon head = new Polygon();
        head.addPoint((int) x2, (int) y2);
        for (double turn : new double[] {2.65, -2.65}) {
            head.addPoint(
                    (int) (x2 + size * Math.cos(angle + turn)),
                    (int) (y2 + size * Math.sin(angle + turn)));
        }
        fill(head, colour);
    }

    /** Text with its base line at {@code y}. */
    void text(String text, double x, double y, int size, int style, Color colour) {
        graphics.setColor(colour);
        Font font = new Font(family, style, size);
        graphics.setFont(font.deriveFont(AffineTransform.getScaleInstance(stretch, 1)));
        graphics.drawString(text, (float) x, (float) y);
    }

    void text(String text, double x, double y, int size, Color colour) {
        text(text, x, y, size, Font.PLAIN, colour);
    }

    /** Text around a point. */
    void centred(String text, double x, double y, int size, int style, Color colour) {
        graphics.setFont(
                new Font(family, style, size)
                        .deriveFont(AffineTransform.getScaleInstance(stretch, 1)));
        int wide = graphics.getFontMetrics().stringWidth(text);
        text(text, x - wide / 2.0, y + size * 0.36, size, style, colour);
    }

    /** Width that text of plain style will have. */
    int textWidth(String text, int size) {
        graphics.setFont(
                new Font(family, Font.PLAIN, size)
                        .deriveFont(AffineTransform.getScaleInstance(stretch, 1)));
        return graphics.getFontMetrics().stringWidth(text);
    }

    static Shape box(double x, double y, double w, double h) {
        return new Rectangle2D.Double(x, y, w, h);
    }

    static Shape rounded(double x, double y, double w, double h, double corner) {
        return new RoundRectangle2D.Double(x, y, w, h, corner, corner);
    }

    static Shape disc(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    static Shape oval(double x, double y, double w, double h) {
        return new Ellipse2D.Double(x, y, w, h);
    }

    /** A part of this picture in which another painter paints. */
    void inset(Painter painter, int x, int y, int w, int h) {
        Canvas part = new Canvas(Math.max(24, w), Math.max(24, h), dice);
        painter.paint(part);
        graphics.drawImage(part.image, x, y, w, h, null);
    }
}
