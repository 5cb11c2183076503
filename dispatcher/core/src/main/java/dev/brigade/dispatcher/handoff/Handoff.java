package dev.brigade.dispatcher.handoff;

import dev.brigade.dispatcher.request.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a stage is given: the request's messages and what the stages before it made.
 *
 * @param own the request's messages, at least one
 * @param sections in the order in which they are shown
 */
public record Handoff(List<Message> own, List<Section> sections) {

    private static final Set<String> INSTRUCTING = Set.of("system", "developer");

    public Handoff {
        own = List.copyOf(own);
        sections = List.copyOf(sections);
        if (own.isEmpty()) {
            throw new IllegalArgumentException("own must hold at least one message");
        }
    }

    /** The request's messages as sections, then those of the stages. */
    List<Section> all() {
        int task = task();
        var all = new ArrayList<Section>();
        for (int i = 0; i < own.size(); i++) {
            all.add(section(own.get(i), i == task));
        }
        all.addAll(sections);
        return all;
    }

    private static Section section(Message message, boolean task) {
        if (task) {
            return Section.of("task", Optional.empty(), message.content());
        }
        String by = message.role() + message.name().map(name -> " " + name).orElse("");
        boolean instructing = INSTRUCTING.contains(message.role());
        return Section.of(
                instructing ? "constraints" : "history", Optional.of(by), message.content());
    }

    /** The last user message; without one, the last that is no instruction, or the last at all. */
    private int task() {
        for (int i = own.size() - 1; i >= 0; i--) {
            if (own.get(i).role().equals("user")) {
                return i;
            }
        }
        for (int i = own.size() - 1; i >= 0; i--) {
            if (!INSTRUCTING.contains(own.get(i).role())) {
                return i;
            }
        }
        return own.size() - 1;
    }
}
