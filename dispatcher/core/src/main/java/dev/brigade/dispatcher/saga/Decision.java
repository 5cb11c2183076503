package dev.brigade.dispatcher.saga;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param next the same instance as before where nothing changed
 */
public record Decision(Lifecycle next, List<Command> commands) {

    public Decision {
        commands = List.copyOf(commands);
    }
}
