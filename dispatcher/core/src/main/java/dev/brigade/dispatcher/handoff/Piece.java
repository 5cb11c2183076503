package dev.brigade.dispatcher.handoff;

/**
 * A section on its way into a prompt: fenced, escaped, and whole, cut or left out. Costs are in
 * thousandths of a token.
 */
final class Piece {

    private final Section section;
    private final TextTokens estimate;
    private final String opening;
    private final String closing;
    private final long fences;
    private final long whole;
    private String text;
    private long cost;
    private boolean shown = true;

    Piece(Section section, TextTokens estimate) {
        this.section = section;
        this.estimate = estimate;
        opening = Fence.opening(tag(section), section.by());
        closing = Fence.closing(tag(section));
        fences = estimate.thousandths(opening) + estimate.thousandths(closing + "\n");
        text = Fence.escaped(section.text());
        whole = estimate.thousandths(text);
        cost = whole;
    }

    private static String tag(Section section) {
        if (section.isRejected()) {
            return "rejected";
        }
        return section.name().equals("answers") ? "answer" : section.name();
    }

    Section section() {
        return section;
    }

    boolean shown() {
        return shown;
    }

    /** Of the whole text, without fences. */
    long whole() {
        return whole;
    }

    /** Of what is shown of the text, without fences. */
    long cost() {
        return shown ? cost : 0;
    }

    /** Of all that is shown. */
    long total() {
        return shown ? fences + cost : 0;
    }

    /** Cuts the text to a cost, if it is above it. */
    void cutTo(long most) {
        if (cost > most) {
            text = Clipping.of(text, most, estimate);
            cost = estimate.thousandths(text);
        }
    }

    void leaveOut() {
        shown = false;
    }

    String rendered() {
        return opening + text + closing;
    }
}
