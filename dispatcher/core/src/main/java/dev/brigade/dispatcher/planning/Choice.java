package dev.brigade.dispatcher.planning;

import dev.brigade.config.Preset;
import java.util.List;
import java.util.Optional;

/**
 * What a request asks for.
 *
 * @param named whether the request, its preset or configuration named the mode
 * @param allowsSmaller whether another mode may answer where too few models are up
 */
record Choice(String mode, boolean named, Optional<Preset> preset, boolean allowsSmaller) {

    /** The modes that may stand in, in order. */
    List<String> smaller() {
        if (!allowsSmaller) {
            return List.of();
        }
        return switch (mode) {
            case "debate" -> List.of("ensemble", "single");
            case "critique", "ensemble", "pipeline" -> List.of("single");
            default -> List.of();
        };
    }
}
