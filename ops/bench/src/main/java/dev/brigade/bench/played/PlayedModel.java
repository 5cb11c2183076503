package dev.brigade.bench.played;

import java.util.List;

/**
 * A model that a played worker says it has.
 *
 * @param places jobs that it takes at once; 0 leaves all of them waiting in the dispatcher
 */
public record PlayedModel(String id, List<String> roles, int places) {

    public PlayedModel {
        roles = List.copyOf(roles);
    }
}
