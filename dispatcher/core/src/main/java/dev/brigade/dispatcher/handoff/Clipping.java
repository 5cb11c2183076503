package dev.brigade.dispatcher.handoff;

/** Takes the middle out of an escaped text, and says how much it took. */
final class Clipping {

    private static final String MARKER = "\n[... %d characters left out ...]\n";

    /** The head is what was asked or claimed; the tail is what came of it. */
    private static final int HEAD_PERCENT = 60;

    private Clipping() {}

    /** Least cost at which something is left beside the marker. */
    static long least(TextTokens estimate) {
        return 2 * estimate.thousandths(MARKER.formatted(Integer.MAX_VALUE));
    }

    /** Head and tail of a text around a marker, at a cost of at most {@code most}. */
    static String of(String text, long most, TextTokens estimate) {
        long room = most - estimate.thousandths(MARKER.formatted(text.length()));
        int head = head(text, room * HEAD_PERCENT / 100, estimate);
        int tail = tail(text, room * (100 - HEAD_PERCENT) / 100, estimate);
        String removed = Fence.unescaped(text.substring(head, tail));
        return text.substring(0, head)
                + MARKER.formatted(removed.codePointCount(0, removed.length()))
                + text.substring(tail);
    }

    private static int head(String text, long room, TextTokens estimate) {
        int end = 0;
        long left = room;
        while (end < text.length()) {
            int symbol = text.codePointAt(end);
            left -= estimate.thousandths(symbol);
            if (left < 0) {
                break;
            }
            end += Character.charCount(symbol);
        }
        while (!Fence.isBoundary(text, end)) {
            end--;
        }
        return end;
    }

    private static int tail(String text, long room, TextTokens estimate) {
        int start = text.length();
        long left = room;
        while (start > 0) {
            int symbol = text.codePointBefore(start);
            left -= estimate.thousandths(symbol);
            if (left < 0) {
                break;
            }
            start -= Character.charCount(symbol);
        }
        while (!Fence.isBoundary(text, start)) {
            start++;
        }
        return start;
    }
}
