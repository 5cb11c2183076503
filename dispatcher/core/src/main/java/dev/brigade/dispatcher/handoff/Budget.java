package dev.brigade.dispatcher.handoff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Cuts pieces until they fit. In order of {@link Section#keep}, each group is first cut to a floor
 * that leaves the head and tail of each text; only when all are at their floor are pieces left out,
 * in the same order. History has no floor: its turns go one by one, the oldest first. The task is
 * never left out. Costs are in thousandths of a token.
 */
final class Budget {

    private static final int FLOOR_TOKENS = 48;

    private final long floor;
    private final long room;
    private final Collection<List<Piece>> groups;

    private Budget(List<Piece> pieces, long room, TextTokens estimate) {
        floor = Math.max(Clipping.least(estimate), FLOOR_TOKENS * estimate.thousandths('0'));
        this.room = room;
        groups = groups(pieces);
    }

    /** Whether the pieces fit into the room, when the ones that can be cut are cut. */
    static boolean fit(List<Piece> pieces, long room, TextTokens estimate) {
        return new Budget(pieces, room, estimate).fit();
    }

    /** By order of cutting; turns of the history apart. */
    private static Collection<List<Piece>> groups(List<Piece> pieces) {
        var groups = new TreeMap<Long, List<Piece>>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            long keep =
                    ((long) piece.section().keep() << Integer.SIZE)
                            + (isHistory(piece) ? i : pieces.size());
            groups.computeIfAbsent(keep, _ -> new ArrayList<>()).add(piece);
        }
        return groups.values();
    }

    private static boolean isHistory(Piece piece) {
        return piece.section().name().equals("history");
    }

    private static boolean isTask(Piece piece) {
        return piece.section().name().equals("task");
    }

    private boolean fit() {
        for (List<Piece> group : groups) {
            if (excess() <= 0) {
                return true;
            }
            cut(group);
        }
        for (List<Piece> group : groups) {
            for (Piece piece : group) {
                if (excess() > 0 && !isTask(piece)) {
                    piece.leaveOut();
                }
            }
        }
        return excess() <= 0;
    }

    private long excess() {
        return groups.stream().flatMap(List::stream).mapToLong(Piece::total).sum() - room;
    }

    private void cut(List<Piece> group) {
        long excess = excess();
        for (Piece piece : group) {
            if (isHistory(piece) && piece.cost() - excess < floor) {
                piece.leaveOut();
                return;
            }
        }
        long level = level(group, excess);
        group.forEach(piece -> piece.cutTo(Math.max(level, Math.min(floor, piece.cost()))));
    }

    /** The cost to which the longest are cut, so that the shorter ones stay whole. */
    private static long level(List<Piece> group, long excess) {
        long low = 0;
        long high = group.stream().mapToLong(Piece::cost).max().orElse(0);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            long saved =
                    group.stream().mapToLong(piece -> Math.max(0, piece.cost() - middle)).sum();
            if (saved >= excess) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
