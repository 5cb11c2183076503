package dev.brigade.demo.corpus;

import dev.brigade.demo.corpus.Conversation.Part;
import dev.brigade.demo.corpus.Conversation.Text;
import dev.brigade.demo.corpus.Conversation.TurnEnd;
import dev.brigade.demo.corpus.Conversation.TurnStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws conversations from a corpus: mostly one question and its answer in the chat template, some
 * with a system message or earlier turns, which the answer does not depend on, and some without any
 * template, as the completion API sends them.
 */
public final class Conversations {

    private final Corpus corpus;
    private final Mixture mixture;
    private final Random random;
    private final Wording wording;

    private record Exchange(String question, String answer) {}

    /** The same mixture and seed draw the same conversations. */
    public Conversations(Corpus corpus, Mixture mixture, long seed) {
        this.corpus = corpus;
        this.mixture = mixture;
        this.random = new Random(seed);
        this.wording = new Wording(random);
    }

    /** Draws the next one. */
    public Conversation next() {
        List<Part> parts = new ArrayList<>();
        if (random.nextDouble() < mixture.bare()) {
            Exchange exchange = exchange();
            parts.add(new Text(exchange.question(), false));
            parts.add(new Text("\n" + exchange.answer(), true));
            parts.add(new TurnEnd(true));
            return new Conversation(parts);
        }
        if (random.nextDouble() < mixture.withInstruction()) {
            addGiven(parts, "system", any(corpus.instructions().trained()));
        }
        while (random.nextDouble() < mixture.withEarlierTurn()) {
            addExchange(parts);
        }
        addExchange(parts);
        return new Conversation(parts);
    }

    private void addExchange(List<Part> parts) {
        Exchange exchange = exchange();
        addGiven(parts, "user", exchange.question());
        parts.add(new TurnStart());
        parts.add(new Text("assistant\n", false));
        parts.add(new Text(exchange.answer(), true));
        parts.add(new TurnEnd(true));
        parts.add(new Text("\n", false));
    }

    private static void addGiven(List<Part> parts, String role, String content) {
        parts.add(new TurnStart());
        parts.add(new Text(role + "\n" + content, false));
        parts.add(new TurnEnd(false));
        parts.add(new Text("\n", false));
    }

    private Exchange exchange() {
        double share = random.nextDouble();
        if (share < mixture.sums()) {
            return exchange(any(corpus.sums()));
        }
        return exchange(
                share < mixture.sums() + mixture.unknown()
                        ? corpus.unknown()
                        : any(corpus.pairs()));
    }

    private Exchange exchange(Pair pair) {
        return new Exchange(wording.varied(any(pair.trained())), pair.answer());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
