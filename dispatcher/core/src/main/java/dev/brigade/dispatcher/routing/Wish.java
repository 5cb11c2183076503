package dev.brigade.dispatcher.routing;

import java.util.Set;

/**
 * What is asked of a model.
 *
 * @param role that it should have
 * @param judges whether it must answer in a JSON schema
 * @param without models that will not do
 * @param live whether only one that is up will do
 */
public record Wish(String role, boolean judges, Set<String> without, boolean live) {

    public Wish {
        without = Set.copyOf(without);
    }

    /** A model for a whole request, which may wait for one to come up. */
    public static Wish forRequest(String role) {
        return new Wish(role, false, Set.of(), false);
    }

    /** A model that is up and writes. */
    public static Wish writer(String role) {
        return new Wish(role, false, Set.of(), true);
    }

    /** A model that is up and judges. */
    public static Wish judge(String role) {
        return new Wish(role, true, Set.of(), true);
    }

    /** The same, but another model than this one. */
    public Wish otherThan(String model) {
        return new Wish(role, judges, Set.of(model), live);
    }
}
