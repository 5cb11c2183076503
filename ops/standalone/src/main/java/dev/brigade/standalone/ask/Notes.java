package dev.brigade.standalone.ask;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown beside an answer: drafts of stages, each line marked by its stage, and a summary.
 *
 * <p>Stages that run at once take turns: one has the line, and the text of the others is held until
 * that line ends or they have a line of their own together.
 */
public final class Notes {

    private static final int WIDTH = 88;
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean dimmed;
    private final Map<String, StringBuilder> held = new LinkedHashMap<>();
    private String open = "";
    private int column;

    /**
     * @param dimmed whether lines are written in a terminal's faint letters
     */
    public Notes(PrintStream out, boolean dimmed) {
        this.out = out;
        this.dimmed = dimmed;
    }

    /** Text that a stage's draft goes on with. */
    void draft(String stage, String model, String text) {
        String mark = mark(stage, model);
        StringBuilder waiting = held.computeIfAbsent(mark, m -> new StringBuilder()).append(text);
        if (open.isEmpty() || open.equals(mark) || waiting.length() >= WIDTH) {
            show(mark);
        }
    }

    /** A stage's draft so far no longer counts. */
    void restart(String stage, String model, String what) {
        String mark = mark(stage, model);
        held.remove(mark);
        if (open.equals(mark)) {
            endLine();
        }
        line("%s: %s".formatted(mark, what));
    }

    /** Shows what is still held, before the answer itself. */
    void endDrafts() {
        held.keySet().stream().toList().forEach(this::show);
        endLine();
        held.clear();
    }

    /** A line of its own. */
    void line(String text) {
        endLine();
        out.println(dim(text));
        out.flush();
    }

    private void show(String mark) {
        Optional.ofNullable(held.get(mark))
                .ifPresent(waiting -> {
                    String text = waiting.toString();
                    waiting.setLength(0);
                    text.codePoints().forEach(c -> put(mark, c));
                    out.flush();
                });
    }

    private void put(String mark, int character) {
        boolean lineEnds = character == '\n' || (character == ' ' && column >= WIDTH);
        if (open.equals(mark) && lineEnds) {
            endLine();
            return;
        }
        if (!open.equals(mark) && Character.isWhitespace(character)) {
            return;
        }
        if (!open.equals(mark)) {
            endLine();
            open = mark;
            out.print((dimmed ? DIM : "") + mark + ": ");
            column = mark.length() + 2;
        }
        // What a model says must not command the terminal.
        out.print(Character.isISOControl(character) ? "?" : Character.toString(character));
        column++;
    }

    private void endLine() {
        if (!open.isEmpty()) {
            out.println(dimmed ? PLAIN : "");
            open = "";
            column = 0;
        }
    }

    private String dim(String text) {
        return dimmed ? DIM + text + PLAIN : text;
    }

    private static String mark(String stage, String model) {
        return stage + " (" + model + ")";
    }
}
