package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.handoff.Handoff;
import dev.brigade.dispatcher.request.Input;

/** What a stage works on. It is worked out anew, and alike, for every dispatch of the stage. */
public sealed interface Feed {

    /** An input as it is. */
    record Plain(Input input) implements Feed {}

    /** The stage's prompt, filled with what earlier stages made. */
    record Prompted(Handoff handoff) implements Feed {}
}
