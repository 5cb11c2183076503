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

    private static final double SUMS = 0.14;
    private static final double UNKNOWN = 0.20;
    private static final double WITH_INSTRUCTION = 0.25;
    private static final double WITH_EARLIER_TURN = 0.2;
    private static final double BARE = 0.06;

    private final Corpus corpus;
    private final Random random;
    private final Wording wording;

    private record Exchange(String question, String answer) {}

    /** The same seed draws the same conversations. */
    public Conversations(Corpus corpus, long seed) {
        this.corpus = corpus;
        this.random = new Random(seed);
        this.wording = new Wording(random);
    }

    /** Draws the next one. */
    public Conversation next() {
        List<Part> parts = new ArrayList<>();
        if (random.nextDouble() < BARE) {
            Exchange exchange = exchange();
            parts.add(new Text(exchange.question(), false));
            parts.add(new Text("\n" + exchange.answer(), true));
            parts.add(new TurnEnd(true));
            return new Conversation(parts);
        }
        if (random.nextDouble() < WITH_INSTRUCTION) {
            addGiven(parts, "system", any(corpus.instructions().trained()));
        }
        while (random.nextDouble() < WITH_EARLIER_TURN) {
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
        if (share < SUMS) {
            return exchange(any(corpus.sums()));
        }
        return exchange(share < SUMS + UNKNOWN ? corpus.unknown() : any(corpus.pairs()));
    }

    private Exchange exchange(Pair pair) {
        return new Exchange(wording.varied(any(pair.trained())), pair.answer());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
