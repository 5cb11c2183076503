package dev.brigade.demo.corpus;

import java.util.List;

/**
 * A text to learn from, in parts.
 *
 * @param parts in order; a part that is learnt is something the model should say itself
 */
public record Conversation(List<Part> parts) {

    /** A stretch of a conversation. */
    public sealed interface Part {}

    /** The mark that opens a turn. */
    public record TurnStart() implements Part {}

    /** The mark that closes a turn, which a model must learn to set after its own. */
    public record TurnEnd(boolean learnt) implements Part {}

    /** Text. */
    public record Text(String text, boolean learnt) implements Part {}

    public Conversation {
        parts = List.copyOf(parts);
    }
}
