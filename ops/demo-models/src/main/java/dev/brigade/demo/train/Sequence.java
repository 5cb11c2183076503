package dev.brigade.demo.train;

import dev.brigade.demo.corpus.Conversation;
import dev.brigade.demo.tokenizer.BytePairTokenizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A conversation as tokens, some of which are to be learnt. */
final class Sequence {

    private final List<Integer> tokens = new ArrayList<>();
    private final BitSet learnt = new BitSet();

    Sequence(Conversation conversation, BytePairTokenizer tokenizer) {
        for (Conversation.Part part : conversation.parts()) {
            switch (part) {
                case Conversation.TurnStart _ -> add(tokenizer.turnStart(), false);
                case Conversation.TurnEnd end -> add(tokenizer.turnEnd(), end.learnt());
                case Conversation.Text text ->
                        tokenizer.encode(text.text()).forEach(id -> add(id, text.learnt()));
            }
        }
    }

    int length() {
        return tokens.size();
    }

    int token(int index) {
        return tokens.get(index);
    }

    boolean learnt(int index) {
        return learnt.get(index);
    }

    int learntCount() {
        return learnt.cardinality();
    }

    private void add(int token, boolean isLearnt) {
        learnt.set(tokens.size(), isLearnt);
        tokens.add(token);
    }
}
