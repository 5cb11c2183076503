package dev.brigade.demo.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a corpus file: blocks parted by blank lines, each line of which is {@code A:} an answer,
 * {@code Q:} a question, {@code H:} a held-out question, {@code W:} a thing to ask what it is,
 * {@code P:} things to ask what they are, or {@code D:} something to ask how it is done. Lines that
 * start with {@code #} are comments. Some phrasings made of {@code W}, {@code P} and {@code D} are
 * held out as well: always the same ones, and never the first.
 */
final class PairFile {

    private static final int ONE_OF = 6;

    private PairFile() {}

    static List<Pair> parse(String text) {
        List<Pair> pairs = new ArrayList<>();
        for (String block : text.split("\\n\\s*\\n")) {
            List<String> lines =
                    block.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                pairs.add(pair(lines));
            }
        }
        return pairs;
    }

    private static Pair pair(List<String> lines) {
        List<String> trained = new ArrayList<>();
        List<String> heldOut = new ArrayList<>();
        String answer = "";
        for (String line : lines) {
            String rest = line.substring(2).strip();
            switch (line.substring(0, 2)) {
                case "A:" -> answer = rest;
                case "Q:" -> trained.addAll(Phrasings.expanded(rest));
                case "H:" -> heldOut.addAll(Phrasings.expanded(rest));
                case "W:" -> share(Phrasings.what(rest), trained, heldOut);
                case "P:" -> share(Phrasings.whatMany(rest), trained, heldOut);
                case "D:" -> share(Phrasings.how(rest), trained, heldOut);
                default -> throw new IllegalArgumentException(line);
            }
        }
        trained.removeAll(heldOut);
        return new Pair(trained, heldOut, answer);
    }

    private static void share(List<String> made, List<String> trained, List<String> heldOut) {
        trained.add(made.getFirst());
        for (String phrasing : made.subList(1, made.size())) {
            boolean out = Math.floorMod(phrasing.hashCode(), ONE_OF) == 0;
            (out ? heldOut : trained).add(phrasing);
        }
    }
}
