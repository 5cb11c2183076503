package dev.brigade.demo.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything the demo models learn.
 *
 * @param pairs written questions and answers
 * @param sums small arithmetic, made by rule
 * @param unknown questions that the models are to decline
 * @param instructions system messages that must not change an answer
 */
public record Corpus(List<Pair> pairs, List<Pair> sums, Pair unknown, Pair instructions) {

    private static final List<String> FILES = List.of("brigade.txt", "facts.txt", "talk.txt");

    /** What a demo model says to a question it has not learnt. */
    public static final String REFUSAL =
            "I am a small demo model and do not know that. You can ask me about Brigade, for"
                    + " example: How do I set a priority?";

    /** Reads the corpus that is part of this module. */
    public static Corpus load() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (String file : FILES) {
            pairs.addAll(PairFile.parse(text(file)));
        }
        return new Corpus(
                List.copyOf(pairs),
                Arithmetic.pairs(),
                PairFile.parse("A: " + REFUSAL + "\n" + text("unknown.txt")).getFirst(),
                PairFile.parse("A: -\n" + text("instructions.txt")).getFirst());
    }

    private static String text(String file) throws IOException {
        try (InputStream in = Corpus.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no resource " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
