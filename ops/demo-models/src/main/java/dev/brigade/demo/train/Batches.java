package dev.brigade.demo.train;

import dev.brigade.demo.corpus.Conversations;
import dev.brigade.demo.tokenizer.BytePairTokenizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Batches without end: draws some, sorts them by length so that little is filled, and mixes them.
 */
final class Batches {

    private static final int DRAWN_AT_ONCE = 24;

    private final Conversations conversations;
    private final BytePairTokenizer tokenizer;
    private final int sequences;
    private final int longest;
    private final Random random;
    private final Deque<Batch> ready = new ArrayDeque<>();

    Batches(
            Conversations conversations,
            BytePairTokenizer tokenizer,
            int sequences,
            int longest,
            long seed) {
        this.conversations = conversations;
        this.tokenizer = tokenizer;
        this.sequences = sequences;
        this.longest = longest;
        this.random = new Random(seed);
    }

    Batch next() {
        if (ready.isEmpty()) {
            draw();
        }
        return ready.removeFirst();
    }

    private void draw() {
        List<Sequence> drawn = new ArrayList<>();
        while (drawn.size() < DRAWN_AT_ONCE * sequences) {
            Sequence sequence = new Sequence(conversations.next(), tokenizer);
            if (sequence.length() <= longest) {
                drawn.add(sequence);
            }
        }
        drawn.sort(Comparator.comparingInt(Sequence::length));
        List<Batch> batches = new ArrayList<>();
        for (int start = 0; start < drawn.size(); start += sequences) {
            batches.add(new Batch(List.copyOf(drawn.subList(start, start + sequences))));
        }
        Collections.shuffle(batches, random);
        ready.addAll(batches);
    }
}
