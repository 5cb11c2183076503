package dev.brigade.dispatcher.handoff;

import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Message;
import java.util.List;

/** What came of writing a handoff. */
public sealed interface Composition {

    /**
     * The messages of the stage.
     *
     * @param messages a system message and a user message
     * @param cuts what was left out, by section
     */
    record Composed(List<Message> messages, List<Cut> cuts) implements Composition {
        public Composed {
            messages = List.copyOf(messages);
            cuts = List.copyOf(cuts);
        }
    }

    /**
     * Not even the prompt and the head of the task fit.
     *
     * @param failure {@code context_length_exceeded}, with the numbers
     */
    record TooLong(Failure failure) implements Composition {}
}
